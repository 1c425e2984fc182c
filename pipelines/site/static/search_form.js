/* The form of the search page and the address. The address's hash holds the whole state, as
 * #q=private+fostering&authority-grade=outstanding&since=2022, so that an answer can be sent, kept and gone back to. */
"use strict";

window.searchForm = (() => {
  const LISTS = ["kind", "area", "theme", "authority", "region", "grade", "authority-grade"];
  const FILTERS = [...LISTS, "since", "until"];

  /** The fields that are filled in, in the order of the form. */
  function stateOfForm(form) {
    const filled = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    return new URLSearchParams(filled);
  }

  /** Fill in the form from the address. Returns what in it is no field or no value of one. */
  function restoreForm(form) {
    form.reset();
    const unknown = [];
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const field = form.elements.namedItem(name);
      const boxes = [...form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
      const box = boxes.find((one) => one.value === value);
      if (box) box.checked = true;
      else if (field instanceof HTMLSelectElement && [...field.options].some((one) => one.value === value)) field.value = value;
      else if (field instanceof HTMLInputElement && boxes.length === 0) field.value = value;
      else unknown.push(`${name}=${value}`);
    }
    return unknown;
  }

  /** A day as 2022-01-31 from what was typed: the first or last day of a year or month, or the day. null: no date. */
  function dayFrom(typed, isLast) {
    const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(typed) || [];
    const iso = year ? [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-") : typed;
    if (!/^(19|20)\d{2}(-\d{2}){0,2}$/.test(iso)) return null;
    const [y, m, d] = iso.split("-").map(Number);
    const date = isLast && d === undefined ? new Date(Date.UTC(y, m || 12, 0)) : new Date(Date.UTC(y, (m || 1) - 1, d || 1));
    const isReal = (m === undefined || date.getUTCMonth() === m - 1) && (d === undefined || date.getUTCDate() === d);
    return isReal ? date.toISOString().slice(0, 10) : null;
  }

  /** The filters as the engine takes them. Throws an Error with a sentence for a date that is none. */
  function filtersOf(form, state) {
    const filters = { allWords: state.has("all-words") };
    for (const name of LISTS) filters[name] = state.getAll(name);
    for (const name of ["since", "until"]) {
      const field = form.elements.namedItem(name);
      const day = state.has(name) ? dayFrom(state.get(name), name === "until") : "";
      field.setAttribute("aria-invalid", String(day === null));
      if (day === null) throw new Error(`“${state.get(name)}” is no date. Type a year or a day, such as 2022 or 2022-03-31.`);
      filters[name] = day;
    }
    return filters;
  }

  return { FILTERS, stateOfForm, restoreForm, filtersOf };
})();
