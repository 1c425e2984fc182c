searchData("texts/{{ page.page }}",{{ page.paragraphs|safe }});
