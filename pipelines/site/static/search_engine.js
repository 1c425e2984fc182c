/* Search over all paragraphs, without a server: what sql/macros/search_paragraphs.sql answers, from files that
 * pipelines/site/search_index.py has written. No fetch, module or worker, because a page that is opened from a folder has
 * none: each file is a script that calls searchData(name, data).
 *
 * search_query.js comes before it.
 *
 *     const index = await openSearchIndex("./");
 *     const found = await index.search('"edge of care" placements -fostering', { grade: ["good"] });
 */
"use strict";

(() => {
  const { plain, queryParts, phraseWords, textPattern } = window.searchQuery;
  const AT_ONCE = 60; // files asked for at the same time: a browser gives up on thousands
  const arrived = new Map();
  window.searchData = (name, data) => arrived.set(name, data);

  /** A function that loads a file of the index once and promises its data. A file that failed is tried again. */
  function loader(base) {
    const wanted = new Map();
    return (name) => {
      if (!wanted.has(name)) {
        wanted.set(name, loadScript(`${base}${name}.js`, name).catch((error) => {
          wanted.delete(name);
          throw error;
        }));
      }
      return wanted.get(name);
    };
  }

  function loadScript(address, name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const failed = () => reject(new Error(`A part of the search index could not be read (${name}.js).`));
      script.src = address;
      script.onerror = failed;
      script.onload = () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else failed();
        arrived.delete(name);
      };
      document.head.append(script);
    });
  }

  /** The numbers of a text, as number_as_text of sql/site/search_numbers.sql writes them. */
  function numbers(text) {
    const found = [];
    let high = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= 93) {
        high = high * 34 + code - 93;
      } else {
        found.push(high * 57 + code - 35);
        high = 0;
      }
    }
    return found;
  }

  /** Numbers that are told by their differences. */
  function fromDifferences(text) {
    let sum = 0;
    return numbers(text).map((number) => (sum += number % 2 ? -(number + 1) / 2 : number / 2));
  }

  /** Read the files that every search needs. */
  async function openSearchIndex(base) {
    const load = loader(base);
    const [words, reports, sections, paragraphs] = await Promise.all(
      ["words", "reports", "sections", "paragraphs"].map(load)
    );
    return new SearchIndex(load, words, reports, sections, paragraphs);
  }

  /** Columns as objects, one per row. */
  function rows(columns, names) {
    return columns[names[0]].map((_, at) => Object.fromEntries(names.map((name) => [name, columns[name][at]])));
  }

  class SearchIndex {
    constructor(load, words, { labels, ...reports }, sections, paragraphs) {
      this.load = load;
      this.labels = labels;
      this.reports = reports.id ? rows(reports, Object.keys(reports)) : [];
      this.sections = sections.report ? rows(sections, Object.keys(sections)) : [];
      this.stopWords = new Set(words.stop_words);
      this.firstTerms = words.shards;
      const terms = fromDifferences(words.terms || "");
      this.terms = new Map((words.words || "").split(" ").map((word, at) => [word, terms[at]]));
      this.hyphenated = new Map((words.hyphenated || "").split(" ").map((word) => [word.replace(/-/g, ""), word]));
      this.lengths = numbers(paragraphs.lengths || "");
      this.sectionOf = fromDifferences(paragraphs.sections || "");
      this.nParagraphs = this.lengths.filter((length) => length > 0).length;
      this.meanLength = this.lengths.reduce((sum, length) => sum + length, 0) / this.nParagraphs;
      this.sectionOf.forEach((section, row) => {
        const report = this.reports[this.sections[section].report];
        if (report.firstRow === undefined) report.firstRow = row;
      });
    }

    /** Every word with the same term. */
    wordsOfTerm(term) {
      return [...this.terms.keys()].filter((word) => this.terms.get(word) === term);
    }

    /** Call `each` for every paragraph that holds a term, with how often. */
    async eachPosting(term, each) {
      let shard = this.firstTerms.length - 1;
      while (this.firstTerms[shard] > term) shard--;
      const terms = await this.load(`postings-${String(shard).padStart(2, "0")}`);
      const coded = numbers(terms[term - this.firstTerms[shard]]);
      for (let at = 0, row = -1; at < coded.length; at++) {
        row += (coded[at] >> 1) + 1;
        each(row, coded[at] & 1 ? coded[++at] + 2 : 1);
      }
    }

    /** The terms by which the index finds a word. One that no paragraph holds is the beginning of others. */
    termsOf(part) {
      const word = part.asked.replace(/-/g, "");
      if (part.isPhrase) return [];
      if (this.terms.has(word)) return [this.terms.get(word)];
      if (word.length <= 3) return [];
      return [...new Set([...this.terms.keys()].filter((one) => one.startsWith(word)).map((one) => this.terms.get(one)))];
    }

    /** How often each paragraph holds a part. */
    async occurrences(part, progress) {
      const nTimes = new Uint16Array(this.lengths.length);
      part.terms = this.termsOf(part);
      part.isBeginning = part.terms.length > 0 && !this.terms.has(part.asked.replace(/-/g, ""));
      for (const term of part.terms) await this.eachPosting(term, (row, times) => (nTimes[row] += times));
      if (part.isPhrase || part.asked.includes("-")) await this.readTexts(part, nTimes, progress);
      return nTimes;
    }

    /** Whether words stand next to one another is read in the texts of the paragraphs that hold all of them. */
    async readTexts(part, nTimes, progress) {
      const termOf = (word) => this.terms.get(word);
      part.pattern = textPattern(part, (word) => (this.terms.has(word) ? this.wordsOfTerm(termOf(word)) : [word]), this.hyphenated);
      const words = part.asked.match(/[a-z0-9]+/g);
      const worth = new Map(); // a solid form stands for as many words as it has parts
      for (const word of words) if (this.terms.has(word)) worth.set(termOf(word), 1);
      const hyphenated = part.isPhrase ? part.asked.match(/[a-z0-9]+(?:-[a-z0-9]+)+/g) || [] : [];
      for (const word of hyphenated) {
        const term = termOf(word.replace(/-/g, ""));
        if (term !== undefined) worth.set(term, Math.max(worth.get(term) || 0, word.split("-").length));
      }
      for (const { solid } of part.isPhrase ? phraseWords(part, this.hyphenated) : []) {
        if (solid) worth.set(termOf(solid), Math.max(worth.get(termOf(solid)) || 0, 2));
      }
      const toHold = new Set(words.filter((word) => !this.stopWords.has(word)).map((word) => termOf(word) ?? word));
      const held = new Uint16Array(nTimes.length);
      for (const [term, value] of worth) await this.eachPosting(term, (row) => (held[row] += value));
      const candidates = [];
      held.forEach((value, row) => {
        if (value >= toHold.size && value > 0 && nTimes[row] === 0) candidates.push(row);
      });
      for (const paragraph of await this.paragraphs(candidates, progress)) {
        nTimes[paragraph.row] = (plain(paragraph.text).match(part.pattern) || []).length;
      }
    }

    /** The paragraphs of some rows, with their texts. Calls `progress` with the number of reports read, and of all. */
    async paragraphs(wanted, progress = () => {}) {
      const reports = [...new Set(wanted.map((row) => this.sections[this.sectionOf[row]].report))];
      const texts = new Map();
      for (let from = 0; from < reports.length; from += AT_ONCE) {
        if (reports.length > AT_ONCE) progress(from, reports.length);
        await Promise.all(reports.slice(from, from + AT_ONCE).map(async (report) => {
          texts.set(report, await this.load(`texts/${this.reports[report].id}`));
        }));
      }
      return wanted.map((row) => {
        const section = this.sections[this.sectionOf[row]];
        const report = this.reports[section.report];
        const [text, number, kind, page] = texts.get(section.report)[row - report.firstRow];
        return { row, id: this.idOf(row), text, number, kind, page, section, report };
      });
    }

    /** The paragraph_id of a row: its report, and its place in it. */
    idOf(row) {
      const report = this.reports[this.sections[this.sectionOf[row]].report];
      return `${report.id}-p${String(row - report.firstRow + 1).padStart(4, "0")}`;
    }

    /** Paragraphs that hold the words, best first: `rows` with their `scores`, and what a page says of them.
     *
     * `filters` may have kind, area, theme, authority, region, grade and authority-grade (each a list of values), since
     * and until (days, as 2022-01-31) and allWords. */
    async search(query, filters = {}, progress = () => {}) {
      const parts = queryParts(query, this.stopWords);
      const asked = parts.filter((part) => !part.isStopWord);
      const isRequired = (part) => !part.isExcluded && (part.isPhrase || Boolean(filters.allWords));
      const scores = new Float64Array(this.lengths.length);
      const nRequired = new Uint16Array(scores.length);
      const isExcluded = new Uint8Array(scores.length);
      for (const part of asked) {
        const nTimes = await this.occurrences(part, progress);
        part.nParagraphs = nTimes.reduce((sum, times) => sum + (times > 0), 0);
        if (part.isExcluded) nTimes.forEach((times, row) => (isExcluded[row] |= times > 0));
        else this.addScores(part, nTimes, scores);
        if (isRequired(part)) nTimes.forEach((times, row) => (nRequired[row] += times > 0));
      }
      const required = asked.filter(isRequired).length;
      const holds = (row) => scores[row] > 0 && !isExcluded[row] && nRequired[row] === required;
      return { parts, ...this.filtered(scores, holds, filters) };
    }

    /** BM25 with k1 = 1.2 and b = 0.75. A phrase counts as one term; what few paragraphs hold weighs more. */
    addScores(part, nTimes, scores) {
      const weight = Math.log10(1 + (this.nParagraphs - part.nParagraphs + 0.5) / (part.nParagraphs + 0.5));
      nTimes.forEach((times, row) => {
        if (times === 0) return;
        const length = 1.2 * (0.25 + (0.75 * this.lengths[row]) / this.meanLength);
        scores[row] += (weight * times * 2.2) / (times + length);
      });
    }

    /** What the filters let through, best first; by filter, how many more there were without it; and counts by value. */
    filtered(scores, holds, filters) {
      const failing = this.failing(filters);
      const found = [];
      const without = {};
      let nUnfiltered = 0;
      const counts = { kind: {}, grade: {}, "authority-grade": {} };
      for (let row = 0; row < scores.length; row++) {
        const section = this.sectionOf[row];
        if (failing[section] === null || !holds(row)) continue;
        const failed = failing[section];
        nUnfiltered++;
        if (failed.length === 0) found.push(row);
        if (failed.length === 1) without[failed[0]] = (without[failed[0]] || 0) + 1;
        for (const [filter, byValue] of Object.entries(counts)) {
          if (failed.some((one) => one !== filter)) continue;
          const value = VALUES[filter](this.sections[section], this.reports[this.sections[section].report]);
          byValue[value] = (byValue[value] || 0) + 1;
        }
      }
      found.sort((one, other) => scores[other] - scores[one] || one - other);
      const reports = new Set(found.map((row) => this.sections[this.sectionOf[row]].report));
      const authorities = new Set([...reports].map((report) => this.reports[report].authority));
      return {
        rows: found, scores: found.map((row) => scores[row]), without, counts, nUnfiltered,
        nReports: reports.size, nAuthorities: authorities.size,
      };
    }

    /** For each section the filters that leave it out; null for an annex, which is said of the inspection itself. */
    failing(filters) {
      const given = Object.entries(filters).filter(([name, value]) => TESTS[name] && value && value.length > 0);
      return this.sections.map((section) => {
        if (section.is_annex) return null;
        const report = this.reports[section.report];
        return given.filter(([name, value]) => !TESTS[name](value, section, report)).map(([name]) => name);
      });
    }
  }

  /** What a section and its report have for each filter. */
  const VALUES = {
    kind: (section, report) => report.kind,
    area: (section) => section.area,
    theme: (section, report) => report.theme,
    authority: (section, report) => report.authority_address,
    region: (section, report) => report.region_address,
    grade: (section) => section.grade,
    "authority-grade": (section, report) => report.overall_grade,
  };

  /** Whether a filter lets a section through. Days compare as text. */
  const TESTS = {
    since: (day, section, report) => report.start !== null && report.start >= day,
    until: (day, section, report) => report.start !== null && report.start <= day,
  };
  for (const [name, valueOf] of Object.entries(VALUES)) {
    TESTS[name] = (wanted, section, report) => wanted.includes(valueOf(section, report));
  }

  window.openSearchIndex = openSearchIndex;
})();
