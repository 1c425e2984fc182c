/* The site's script: it makes pages easier and is needed by two, the map's slider and "compare". Works from a folder. */
"use strict";
(function () {
  document.documentElement.classList.add("script");
  const byId = (id) => document.getElementById(id);

  // --- Dates and grades in words -----------------------------------------------------------------------------------

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];
  const inWords = (date) => `${+date.slice(8)} ${MONTHS[+date.slice(5, 7) - 1]} ${date.slice(0, 4)}`;
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;
  const LETTERS = { 1: "O", 2: "G", 3: "R", 4: "I" };

  function gradeElement(rank, words) {
    const span = document.createElement("span");
    span.className = `grade rank-${rank || "none"}`;
    span.textContent = words;
    return span;
  }

  // --- Grades on any day: the rule of the macro as_at -----------------------------------------------------------------

  /* For each authority, by its number, the marks of its inspection in force on a date, or null; undefined where there
     was no such authority. A mark is a rank, "0" where not judged, "-" where the inspection has no such judgement. */
  function standing(date) {
    const cutOff = RECORD.cutOffs[date] || "9999-12-31";
    const found = RECORD.authorities.map((one) =>
      (one[2] || "0001") <= date && date <= (one[3] || "9999-12-31") ? null : undefined);
    for (const inspection of RECORD.inspections) { // of each authority in order
      const [number, start, counted] = inspection;
      if (found[number] === undefined || start > date) continue;
      const letInBy = RECORD.letInBy[`${date} ${number}`];
      const counts = counted === null ? cutOff === "9999-12-31" : counted <= cutOff || (letInBy && counted <= letInBy);
      if (counts) found[number] = inspection;
    }
    return found;
  }

  window.judgements = { standing }; // for the browser's console

  /* The rank and words of a judgement, by its place, in an inspection. */
  function gradeIn(inspection, area) {
    const mark = inspection ? inspection[3][area] : "";
    if (+mark) return [+mark, RECORD.grades[mark]];
    return [0, mark === "" ? "No full inspection held by then" : "Not judged"];
  }

  /* That nothing later is known of an authority's grades, on a day after that. */
  const knownTo = (authority, on) => (authority[8] && authority[8] < on ? `, known up to ${inWords(authority[8])}` : "");

  // --- The map --------------------------------------------------------------------------------------------------------

  function startMap() {
    const days = JSON.parse(byId("days").textContent);
    const area = byId("area"), slider = byId("slider"), date = byId("date");
    const isShown = (value) => isDay(value) && value >= date.min && value <= date.max;

    function draw(remember) {
      const place = RECORD.areas.findIndex((one) => one[0] === area.value);
      const label = RECORD.areas[place][1], on = date.value, found = standing(on);
      const counts = { 1: 0, 2: 0, 3: 0, 4: 0 };
      let existing = 0;
      const shown = new Map();
      found.forEach((inspection, number) => {
        if (inspection === undefined) return;
        existing += 1;
        const [rank, words] = gradeIn(inspection, place);
        if (rank) counts[rank] += 1;
        const one = RECORD.authorities[number];
        if (one[4] !== null) shown.set(`${one[4]} ${one[5]}`, [number, rank, words + knownTo(one, on)]);
      });
      drawTiles(shown);
      const graded = counts[1] + counts[2] + counts[3] + counts[4], good = counts[1] + counts[2];
      const share = graded * 10 >= existing * 9 && graded ? `, ${Math.round((100 * good) / graded)}%` : "";
      const verb = on === date.max ? "are" : "were";
      byId("finding").textContent =
        `${label}${on === date.max ? "" : ` on ${inWords(on)}`}: ${good} of ${graded} authorities ${verb} good or outstanding${share}`;
      const table = byId("counts");
      table.caption.textContent = `${label} on ${inWords(on)}`;
      table.dataset.csv = `${area.value}-${on}`;
      byId("map-rows").dataset.csv = `${area.value}-${on}-authorities`;
      table.querySelectorAll("tbody tr").forEach((row) => {
        row.lastElementChild.textContent = counts[row.dataset.rank];
        const link = row.querySelector("a"); // to who they are; other days have no page
        if (days.includes(on) && counts[row.dataset.rank]) link.href = `areas/${area.value}/${on}/index.html#rank-${row.dataset.rank}`;
        else link.removeAttribute("href");
      });
      byId("longest").href = `areas/${area.value}/index.html#inadequate`;
      byId("n-graded").textContent = `${graded} of ${existing}`;
      slider.setAttribute("aria-valuetext", inWords(on));
      if (remember) history.replaceState(null, "", `#${area.value}@${on}`);
    }

    const tiles = document.querySelectorAll(".tile");
    const first = RECORD.authorities.filter((one) => one[4] !== null);
    const left = Math.min(...first.map((one) => one[4])), top = Math.min(...first.map((one) => one[5]));

    /* Each square belongs to the authority that stood there on the day. */
    function drawTiles(shown) {
      const rows = byId("map-rows").tBodies[0];
      const lines = [];
      tiles.forEach((tile) => {
        const rect = tile.querySelector("rect");
        const side = +rect.getAttribute("width") + 2;
        const key = `${(+rect.getAttribute("x") - 1) / side + left} ${(+rect.getAttribute("y") - 1) / side + top}`;
        const found = shown.get(key);
        tile.setAttribute("display", found ? "inline" : "none");
        if (!found) return;
        const [number, rank, words] = found, one = RECORD.authorities[number];
        tile.setAttribute("class", `tile rank-${rank || "none"}`);
        tile.setAttribute("href", `authorities/${one[1]}/index.html`);
        tile.setAttribute("aria-label", `${one[0]}: ${words}`);
        tile.querySelector("text").textContent = LETTERS[rank] || "–";
        tile.querySelector("title").textContent = `${one[0]}: ${words}`;
        lines.push([one, rank, words]);
      });
      lines.sort((one, other) => one[0][0].localeCompare(other[0][0]));
      unsorted(byId("map-rows"));
      rows.replaceChildren(...lines.map(([one, rank, words]) => {
        const row = document.createElement("tr"), head = document.createElement("th"), cell = document.createElement("td");
        head.scope = "row";
        head.append(linkTo(one));
        cell.append(gradeElement(rank, words));
        row.append(head, cell);
        return row;
      }));
    }

    function restore() {
      if (namesElement()) return;
      const [wanted, on] = location.hash.slice(1).split("@");
      if (RECORD.areas.some((one) => one[0] === wanted)) area.value = wanted;
      if (isShown(on || "")) moveTo(on);
      draw(false);
    }

    function moveTo(on) {
      date.value = on;
      slider.value = Math.max(days.filter((day) => day <= on).length - 1, 0);
    }

    area.addEventListener("change", () => draw(true));
    slider.addEventListener("input", () => { date.value = days[slider.value]; draw(true); });
    date.addEventListener("change", () => { if (isShown(date.value)) { moveTo(date.value); draw(true); } });
    window.addEventListener("hashchange", restore);
    if (location.hash.length > 1) restore();
  }

  function linkTo(authority, root = "") {
    const link = document.createElement("a");
    link.href = `${root}authorities/${authority[1]}/index.html`;
    link.textContent = authority[0];
    return link;
  }

  // --- Finding an authority by its name ---------------------------------------------------------------------------------

  /* Whether the address leads to a part of the page, as the link to the content does: then it is no choice. */
  const namesElement = () => location.hash.length > 1 && Boolean(byId(location.hash.slice(1)));

  /* Words without what many names share: "Kent County Council" is Kent, "Telford & Wrekin" is Telford and Wrekin. */
  function plain(name) {
    const common = /\b(city|county|borough|metropolitan|district|council|royal|the|of)\b/g;
    const words = name.toLowerCase().replace(/&/g, " and ").replace(/\bst\.?\s/g, "st ").replace(/[^a-z0-9]+/g, " ");
    return words.replace(common, " ").replace(/\s+/g, " ").trim() || words.trim();
  }

  /* How alike two words are, from 0 to 1: the share of pairs of letters that both have. */
  function likeness(one, other) {
    const pairs = (text) => new Set([...text].slice(1).map((letter, at) => text[at] + letter));
    const [some, others] = [pairs(one), pairs(other)];
    const both = [...some].filter((pair) => others.has(pair)).length;
    return (2 * both) / (some.size + others.size || 1);
  }

  /* The authorities meant by a name, a code or a part of a name: one where it is clear, several where it is not. */
  function meant(text) {
    const wanted = plain(text);
    const names = [...RECORD.authorities.map((one, number) => [one[0], number]), ...RECORD.names];
    const numbers = (of) => [...new Set(of.map((one) => one[1]))];
    const known = names.map(([name, number]) => [plain(name), number]);
    const whole = numbers(known.filter(([name]) => name === wanted));
    if (!wanted || whole.length) {
      const current = whole.filter((number) => !RECORD.authorities[number][3]);
      return current.length ? current : whole;
    }
    const parts = numbers(known.filter(([name]) => ` ${name}`.includes(` ${wanted}`)));
    if (parts.length) return parts;
    const like = known.map(([name, number]) => [likeness(name, wanted), number]).filter(([share]) => share > 0.5);
    return numbers(like.sort((one, other) => other[0] - one[0])).slice(0, 5);
  }

  /* The one authority that is meant; otherwise null, and the element offers those that could be. */
  function oneMeant(text, says, offer) {
    const found = meant(text);
    const isExact = found.length === 1 && (RECORD.names.concat(RECORD.authorities).some((one) => plain(one[0]) === plain(text))
      || plain(RECORD.authorities[found[0]][0]).includes(plain(text)));
    says.replaceChildren();
    if (isExact) return found[0];
    says.append(found.length ? `“${text}” could be ` : `No authority is named “${text}”. Choose one from the list.`);
    found.slice(0, 8).forEach((number, at) => says.append(at ? ", " : "", offer(number)));
    return null;
  }

  function startFinder() {
    byId("find").addEventListener("submit", (event) => {
      event.preventDefault();
      const number = oneMeant(byId("authority").value, byId("find-says"), (one) => linkTo(RECORD.authorities[one]));
      if (number !== null) location.href = `authorities/${RECORD.authorities[number][1]}/index.html`;
    });
  }

  // --- Compare ------------------------------------------------------------------------------------------------------------

  function startCompare() {
    const date = byId("date"), says = byId("says"), table = byId("compared");
    let chosen = [];
    const numberOf = (page) => RECORD.authorities.findIndex((one) => one[1] === page);

    function draw(remember) {
      const found = standing(date.value);
      const heads = ["Authority", ...RECORD.areas.map((one) => one[1]), "Inspected", "Leave out"];
      table.tHead.rows[0].replaceChildren(...heads.map((words) => {
        const head = document.createElement("th");
        head.scope = "col";
        head.textContent = words;
        if (words === "Leave out") head.className = "no-csv";
        return head;
      }));
      table.dataset.csv = `compared-${date.value}`;
      table.caption.textContent = `Grades in force on ${inWords(date.value)}`;
      table.tBodies[0].replaceChildren(...chosen.map((page) => rowOf(page, found)));
      byId("finding").textContent = chosen.length
        ? `${chosen.length} ${chosen.length === 1 ? "authority" : "authorities"} on ${inWords(date.value)}`
        : "Compare authorities on any day";
      if (remember) history.replaceState(null, "", `#${chosen.join(",")}@${date.value}`);
    }

    function rowOf(page, found) {
      const number = numberOf(page), one = RECORD.authorities[number], inspection = found[number];
      const row = document.createElement("tr"), head = document.createElement("th");
      head.scope = "row";
      head.append(linkTo(one, "../"));
      row.append(head);
      RECORD.areas.forEach((_, area) => {
        const cell = row.insertCell();
        if (inspection === undefined) cell.textContent = "no authority then";
        else cell.append(gradeElement(...gradeIn(inspection, area)));
      });
      const day = row.insertCell(), last = row.insertCell(), button = document.createElement("button");
      last.className = "no-csv";
      if (inspection) {
        const words = inspection[5] ? `about ${inWords(inspection[1]).replace(/^\d+ /, "")}` : inWords(inspection[1]);
        if (inspection[4]) {
          const link = document.createElement("a");
          link.href = `../reports/${inspection[4]}/index.html`;
          link.textContent = words;
          day.append(link);
        } else day.textContent = words;
        day.append(knownTo(one, date.value));
      }
      button.type = "button";
      button.className = "small";
      button.textContent = "Leave out";
      button.setAttribute("aria-label", `Leave out ${one[0]}`);
      button.addEventListener("click", () => {
        const place = chosen.indexOf(page);
        chosen = chosen.filter((other) => other !== page);
        draw(true);
        const left = table.tBodies[0].querySelectorAll("button");
        (left[Math.min(place, left.length - 1)] || byId("add")).focus();
        says.textContent = `${one[0]} is left out, ${chosen.length} remain.`;
      });
      last.append(button);
      return row;
    }

    function add(pages) {
      chosen = [...new Set([...chosen, ...pages])];
      draw(true);
    }

    function restore() {
      if (namesElement()) return;
      const [pages, on] = location.hash.slice(1).replace(/%2C/gi, ",").replace(/%40/g, "@").split("@");
      chosen = [...new Set(pages.split(",").filter((page) => numberOf(page) >= 0))];
      const unknown = pages.split(",").filter((page) => page && numberOf(page) < 0);
      says.textContent = unknown.length ? `There is no authority ${unknown.join(", ")}.` : "";
      if (isDay(on || "") && on <= date.max) date.value = on;
      else if (on) says.append(` Nothing is known of a day ${on}.`);
      draw(false);
    }

    byId("compare-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const offer = (number) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "small";
        button.textContent = RECORD.authorities[number][0];
        button.addEventListener("click", () => choose(number));
        return button;
      };
      const choose = (number) => { says.replaceChildren(); add([RECORD.authorities[number][1]]); byId("add").value = ""; };
      const number = oneMeant(byId("add").value, says, offer);
      if (number !== null) choose(number);
    });
    byId("add-neighbours").addEventListener("click", () => {
      if (!chosen.length) says.textContent = "Add an authority first.";
      else add(RECORD.authorities[numberOf(chosen[0])][6].map((number) => RECORD.authorities[number][1]));
    });
    byId("clear").addEventListener("click", () => { chosen = []; draw(true); });
    date.addEventListener("change", () => { if (date.value) draw(true); });
    window.addEventListener("hashchange", restore);
    restore();
  }

  // --- Tables: as CSV, and only some rows ---------------------------------------------------------------------------------

  /* The rows that are shown, as a spreadsheet reads them; a text that it would run gets an apostrophe. */
  function csvOf(table) {
    const cell = (one) => {
      const text = one.innerText.replace(/\s+/g, " ").trim().replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&");
      return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    const rows = [...table.rows].filter((row) => !row.hidden);
    return "\ufeff" + rows.map((row) => [...row.cells].filter((one) => one.className !== "no-csv").map(cell).join(",")).join("\r\n") + "\r\n";
  }

  function offer(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = "Download as CSV";
    const label = () => button.setAttribute("aria-label", `Download as CSV: ${table.caption.textContent.trim()}`);
    label();
    button.addEventListener("focus", label); // a caption changes with what is chosen
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: "text/csv" }));
      link.download = `${table.dataset.csv}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    (table.closest(".wide") || table).after(button);
  }

  function startFilter(input) {
    const rows = [...byId(input.dataset.filter).tBodies[0].rows];
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().trim();
      let n = 0;
      rows.forEach((row) => {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        n += row.hidden ? 0 : 1;
      });
      byId("filter-says").textContent = `${n} of ${rows.length}`;
    });
    input.form.addEventListener("submit", (event) => event.preventDefault());
  }

  // --- Tables: sorted by a click on a heading -----------------------------------------------------------------------------

  /* What a cell is sorted by: the rank of a grade, the day of a date in words, a number, or its text; null where empty. */
  function valueOf(cell) {
    const text = cell.textContent.replace(/\s+/g, " ").trim();
    const rank = cell.querySelector(".grade")?.className.match(/rank-(\d)/);
    if (rank) return +rank[1];
    if (!text || text === "–" || cell.querySelector(".grade")) return null;
    const date = text.match(/^(?:at least since )?(?:about )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})\b/);
    if (date && MONTHS.includes(date[2])) return +date[3] * 10000 + MONTHS.indexOf(date[2]) * 100 + +(date[1] || 0);
    const number = text.match(/^-?[\d,]*\.?\d+(?=%?$)/);
    return number ? +number[0].replace(/,/g, "") : text;
  }

  /* Numbers before texts, and texts as a list of names has them. */
  function compared(one, other) {
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    return typeof one === "number" ? one - other : one.localeCompare(other, "en-GB", { numeric: true });
  }

  /* Rows with nothing in the column stay last. */
  function sortBy(table, head) {
    const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row.cells[head.cellIndex]), row]);
    rows.sort(([one], [other]) =>
      one === null || other === null ? (one === null) - (other === null) : sign * compared(one, other));
    table.tBodies[0].append(...rows.map(([, row]) => row));
    unsorted(table);
    head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
  }

  const unsorted = (table) => table.querySelectorAll("[aria-sort]").forEach((head) => head.removeAttribute("aria-sort"));

  function makeSortable(table) {
    if (table.tBodies[0].rows.length <= 10) return;
    [...table.tHead.rows[0].cells].forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, head));
      head.append(button);
    });
  }

  document.querySelectorAll("table[data-csv]").forEach(offer);
  document.querySelectorAll("main table").forEach(makeSortable);
  document.querySelectorAll("[data-filter]").forEach(startFilter);
  if (byId("find")) startFinder();
  if (byId("slider")) startMap();
  if (byId("compare-form")) startCompare();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
})();
