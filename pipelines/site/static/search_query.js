/* How a query is understood: its parts, what they match in a text, and where. As sql/macros/query_parts.sql and
 * query_matches.sql, which tell why. */
"use strict";

window.searchQuery = (() => {
  /** Small letters without accents. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();

  /** The parts of a query, as sql/macros/query_parts.sql: phrases in quotes and words, what is excluded among them. */
  function queryParts(query, stopWords) {
    const parts = new Map();
    const written = query.replace(/[“”]/g, '"').replace(/[‐‑]/g, "-");
    for (const [piece] of written.matchAll(/(?:NOT[ \t\n\f\r]+|-)?(?:"[^"]*"|[^ \t\n\f\r"]+)/gu)) {
      const isPhrase = piece.endsWith('"');
      const isExcluded = /^(NOT[ \t\n\f\r]|-)/.test(piece);
      const words = plain(piece.replace(/^(NOT[ \t\n\f\r]+|-)/, "")).match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) || [];
      for (const asked of isPhrase ? [words.join(" ")] : words) {
        const name = (isExcluded ? "-" : "") + (isPhrase ? `"${asked}"` : asked);
        const isStopWord = asked !== "" && asked.match(/[a-z0-9]+/g).every((word) => stopWords.has(word));
        if (asked !== "") parts.set(name, { name, asked, written: piece, isPhrase, isExcluded, isStopWord });
      }
    }
    // in one order, because sums of fractions depend on it
    return [...parts.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** What paragraphs say word by word, for the parts that the index can't tell: sql/macros/query_matches.sql.
   * `hyphenated` has the spelling with hyphens of a word that has one. */
  function textPattern(part, wordsOfTerm, hyphenated) {
    const between = "[^A-Za-z0-9]+";
    const maybe = "[^A-Za-z0-9]*";
    const spelled = (word) => [...(hyphenated.get(word) || word)].map((one) => (one === "-" ? maybe : `${one}[-‐‑]?`)).join("");
    const pattern = part.isPhrase
      ? phraseWords(part, hyphenated).map(({ word, isLast, isOne }) => spelled(word) + (isLast ? "" : isOne ? maybe : between)).join("")
      : part.asked.split("-").map((word) => `(?:${wordsOfTerm(word).join("|")})`).join(between);
    return new RegExp(`\\b(?:${pattern})\\b`, "gu");
  }

  /** The words of a phrase; `solid` is the one word that a word is with the next, where some paragraph joins the two by a
   * hyphen, and `isOne` tells that they may stand without a space. */
  function phraseWords(part, hyphenated) {
    const tokens = part.asked.match(/[a-z0-9]+-?/g);
    const words = tokens.map((token) => token.replace("-", ""));
    return words.map((word, at) => {
      const joined = word + words[at + 1];
      const solid = hyphenated.get(joined) === `${word}-${words[at + 1]}` ? joined : null;
      return { word, solid, isLast: at === words.length - 1, isOne: tokens[at].endsWith("-") || solid !== null };
    });
  }

  /** Where a text holds what was asked, as pairs of start and end in order. `terms` has the term of each word. */
  function marks(text, parts, terms) {
    const offsets = [];
    let folded = "";
    [...text].reduce((at, character) => {
      const letters = plain(character).replace(/[‐‑]/g, "-");
      for (let n = 0; n < letters.length; n++) offsets.push(at);
      folded += letters;
      return at + character.length;
    }, 0);
    offsets.push(text.length);
    const shown = parts.filter((part) => !part.isExcluded && !part.isStopWord);
    const wanted = new Set(shown.flatMap((part) => part.terms));
    const matches = shown.flatMap((part) => (part.pattern ? [...folded.matchAll(part.pattern)] : []));
    for (const match of [...folded.matchAll(/[a-z0-9]+/g), ...folded.matchAll(/[a-z0-9]+(?:-[a-z0-9]+)+/g)]) {
      if (wanted.has(terms.get(match[0].replace(/-/g, "")))) matches.push(match);
    }
    // two words that are found as one: "well being" by wellbeing
    for (const { index, 1: pair } of folded.matchAll(/\b(?=([a-z]+ [a-z]+)\b)/g)) {
      if (wanted.has(terms.get(pair.replace(" ", "")))) matches.push({ index, 0: pair });
    }
    return merged(matches.map((match) => [offsets[match.index], offsets[match.index + match[0].length]]));
  }

  /** Stretches in order, those that touch or overlap as one. */
  function merged(stretches) {
    const whole = [];
    for (const [start, end] of stretches.sort((one, other) => one[0] - other[0])) {
      const last = whole[whole.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else whole.push([start, end]);
    }
    return whole;
  }

  return { plain, queryParts, phraseWords, textPattern, marks };
})();
