searchData("texts/{{ page.page }}",{{ texts_of(paragraphs)|tojson }});
