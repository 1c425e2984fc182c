/* The search page: what is asked in the address is searched for and shown. search_form.js reads form and address,
 * search_engine.js searches. Texts of reports are put in by textContent only. */
"use strict";

(() => {
  const { FILTERS, stateOfForm, restoreForm, filtersOf } = window.searchForm;
  const AT_A_TIME = 10;

  const form = document.getElementById("search");
  const [statusLine, errorLine, notes, results, more, csv, clear] = [
    "status", "error", "notes", "results", "more", "csv", "clear",
  ].map((name) => document.getElementById(`search-${name}`));
  const root = form.dataset.root;
  const title = document.title;
  let opening = null; // the promise of the index
  let index = null; // the index, once it is read
  let answer = null; // what is shown: what the engine found, and how many of it are on the page
  let turn = 0; // an answer that comes after a newer question is left out

  /** Show what the address asks for. */
  async function restore() {
    if (location.hash && !location.hash.includes("=")) return; // a link within the page, as to its main part
    const unknown = restoreForm(form);
    await run();
    if (unknown.length > 0) fail(new Error(`The address asks for what there is not: ${unknown.join(", ")}. The rest was searched.`));
  }

  /** Read the index, once; where that failed, again. */
  function openIndex() {
    opening = opening || window.openSearchIndex(`${root}search/`).then(
      (read) => (index = read),
      (error) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  /** Search for what the form says, and show it. */
  async function run() {
    const mine = ++turn;
    const state = stateOfForm(form);
    clearAnswer();
    const nFilters = FILTERS.filter((name) => state.has(name)).length;
    form.querySelector("summary").textContent = nFilters > 0 ? `Filters: ${nFilters} in use` : "Filters";
    document.title = state.has("q") ? `${state.get("q")} | ${title}` : title;
    if (!state.has("q")) {
      if ([...state].length > 0) statusLine.textContent = "Type a word to search for. Filters alone find nothing.";
      return;
    }
    try {
      const filters = filtersOf(form, state);
      statusLine.textContent = "Searching …";
      await openIndex();
      const found = await index.search(state.get("q"), filters, (read, all) => {
        if (mine === turn) statusLine.textContent = `Reading ${count(all, "report")} for the phrase: ${read} so far …`;
      });
      if (mine !== turn) return;
      answer = { ...found, shown: 0 };
      await showAnswer(state);
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  function clearAnswer() {
    answer = null;
    errorLine.hidden = notes.hidden = more.hidden = csv.hidden = true;
    statusLine.textContent = "";
    results.replaceChildren();
    notes.replaceChildren();
    for (const tally of form.querySelectorAll(".search-tally")) tally.textContent = "";
  }

  /** Say in the page what went wrong. */
  function fail(error) {
    if (statusLine.textContent.endsWith("…")) statusLine.textContent = "";
    errorLine.textContent = error.message;
    errorLine.hidden = false;
  }

  const numbers = new Intl.NumberFormat("en-GB");
  const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  /** 1,234 paragraphs, 80 authorities. */
  function count(number, noun) {
    const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
    return `${numbers.format(number)} ${number === 1 ? noun : plural}`;
  }

  async function showAnswer(state) {
    const mine = answer;
    const { rows, nReports, nAuthorities } = answer;
    showNotes(state);
    showTallies();
    csv.hidden = rows.length === 0;
    await showMore(false);
    if (mine !== answer) return;
    statusLine.textContent = rows.length
      ? `${count(rows.length, "paragraph")} in ${count(nReports, "report")} of ${count(nAuthorities, "authority")}`
      : "Nothing found";
  }

  /** How many there are of each kind and grade, under the other filters. */
  function showTallies() {
    for (const box of form.querySelectorAll('.search-filters input[type="checkbox"]')) {
      const tally = box.parentElement.querySelector(".search-tally");
      tally.textContent = numbers.format(answer.counts[box.name][box.value] || 0);
    }
  }

  /** Why something was passed over, or nothing found, and what to try. */
  function showNotes(state) {
    const asked = answer.parts.filter((part) => !part.isStopWord);
    const wanted = asked.filter((part) => !part.isExcluded);
    if (answer.parts.some((part) => ["AND", "OR"].includes(part.written))) {
      note("AND and OR are passed over: any of the words is enough. Tick “all the words” to ask for every one.");
    }
    for (const part of wanted.filter((one) => one.isBeginning)) {
      note(`No paragraph holds the word “${part.asked}”: words that begin with it were searched for.`);
    }
    for (const part of wanted.filter((one) => one.nParagraphs === 0)) {
      const advice = part.isPhrase ? "Try it without the quotes." : "Try another spelling, or its first letters: at least four.";
      note(`No paragraph holds ${part.isPhrase ? part.name : `“${part.asked}”`}. ${advice}`);
    }
    if (wanted.length === 0) {
      note("There is no word to search for: words like “the” and “of”, single letters, and what is left out with - or NOT"
        + " do not count. Add another word.");
    } else if (answer.rows.length === 0) noteWhyNothing(state, wanted);
  }

  function noteWhyNothing(state, wanted) {
    if (answer.nUnfiltered > 0) {
      note(`${count(answer.nUnfiltered, "paragraph")} would be found without filters. `, "Search without them", { q: state.get("q") });
      for (const [name, number] of Object.entries(answer.without)) {
        const rest = [...state].filter(([one]) => one !== name);
        note(`${count(number, "paragraph")} would be found without the filter “${labelOf(name)}”. `, "Search without it", rest);
      }
    } else if (wanted.length > 1 && wanted.every((part) => part.nParagraphs > 0)) {
      note("Each of these is in the reports, but no paragraph holds them together. Leave one out, or take off the quotes"
        + " and “all the words”.");
    } else if (wanted.some((part) => part.nParagraphs > 0)) {
      note("All paragraphs with these words are left out by a minus, NOT, or the words that no paragraph holds.");
    }
  }

  /** What the form calls a filter. */
  function labelOf(name) {
    const field = form.querySelector(`.search-filters [name="${name}"]`);
    return (field.type === "checkbox" ? field.closest("fieldset").querySelector("legend") : field.labels[0]).textContent;
  }

  function note(text, link, state) {
    const item = element("li", "", text);
    if (link) {
      const anchor = element("a", "", link);
      anchor.href = `#${new URLSearchParams(state)}`;
      item.append(anchor);
    }
    notes.append(item);
    notes.hidden = false;
  }

  /** Show the next paragraphs; from the button, the first of them gets the focus. */
  async function showMore(isFromButton) {
    const shownFor = answer;
    const rows = answer.rows.slice(answer.shown, answer.shown + AT_A_TIME);
    const items = (await index.paragraphs(rows)).map(resultOf);
    if (shownFor !== answer) return;
    results.append(...items);
    answer.shown += rows.length;
    const left = answer.rows.length - answer.shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, AT_A_TIME)} more of ${numbers.format(left)}`;
    if (isFromButton && items.length > 0) items[0].querySelector("a").focus();
  }

  /** A paragraph as an item of the list. */
  function resultOf({ id, text, number, page, section, report }) {
    const { labels } = index;
    const link = element("a", "", [
      `${report.authority}: ${labels.kinds[report.kind] || report.title}`,
      report.start || report.published ? days.format(new Date(report.start || report.published)) : "",
    ].filter(Boolean).join(", "));
    link.href = `${root}reports/${report.id}/index.html#${id.slice(report.id.length + 1).replace("p", "p-")}`;
    const title = element("h3");
    title.append(link);
    const about = [
      headingOf(section),
      report.theme_name && `theme: ${report.theme_name}`,
      report.overall_grade && `authority ${labels.authority_grades[report.overall_grade].toLowerCase()} at the time`,
      number && `paragraph ${number}`,
      `page ${page}`,
    ].filter(Boolean).join("; ");
    const item = element("li");
    item.append(title, element("p", "search-about", about), marked(text));
    return item;
  }

  /** The heading of a section with its grade, which most headings say themselves. */
  function headingOf({ heading, grade }) {
    const label = index.labels.grades[grade];
    const isSaid = label && heading && heading.toLowerCase().includes(label.toLowerCase());
    return [heading, !isSaid && label && `graded ${label.toLowerCase()}`].filter(Boolean).join(" – ");
  }

  /** The text with what was asked for marked. */
  function marked(text) {
    const paragraph = element("p", "search-text");
    let at = 0;
    for (const [start, end] of window.searchQuery.marks(text, answer.parts, index.terms)) {
      paragraph.append(text.slice(at, start), element("mark", "", text.slice(start, end)));
      at = end;
    }
    paragraph.append(text.slice(at));
    return paragraph;
  }

  function element(name, className = "", text = "") {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  }

  /** Give every paragraph found as a file. */
  async function download() {
    const { rows, scores } = answer;
    const name = (form.elements.q.value.toLowerCase().match(/[a-z0-9]+/g) || ["search"]).join("-").slice(0, 60);
    const told = statusLine.textContent;
    csv.disabled = true;
    try {
      const paragraphs = await index.paragraphs(rows, (read, all) => {
        csv.textContent = `Reading report ${read} of ${all} …`;
      });
      const link = element("a");
      link.href = URL.createObjectURL(window.searchCsv(paragraphs, scores));
      link.download = `${name}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      fail(error);
    } finally {
      csv.disabled = false;
      csv.textContent = "Download these as CSV";
      statusLine.textContent = told;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const hash = `#${stateOfForm(form)}`;
    if (hash === location.hash) run();
    else location.hash = hash; // and so to restore, as the back button does
  });
  form.addEventListener("change", (event) => { // a box or a choice searches at once; words and days wait for Enter
    if (event.target.matches("input[type=checkbox], select") && stateOfForm(form).has("q")) form.requestSubmit();
  });
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    const words = form.elements.q.value.trim();
    const hash = words ? `#${new URLSearchParams({ q: words })}` : "";
    if (hash === location.hash) restore();
    else location.hash = hash;
  });
  more.addEventListener("click", () => showMore(true).catch(fail));
  csv.addEventListener("click", download);
  window.addEventListener("hashchange", restore);
  form.querySelector("details").open = window.matchMedia("(min-width: 50em)").matches; // where it is beside the answer
  openIndex().catch(fail);
  restore();
})();
