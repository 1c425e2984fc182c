/* What a search found as CSV, with the columns of `judgements search --format csv` and the grade of the authority. */
"use strict";

window.searchCsv = (() => {
  const COLUMNS = [
    "paragraph_id", "score", "authority_name", "region_name", "start_date", "published_date", "framework_code", "heading",
    "judgement_code", "grade", "paragraph_number", "kind", "text", "page_first", "source_url", "page_url", "report_id",
    "activity_kind", "theme_name", "overall_grade",
  ];

  /** A cell, with an apostrophe before what a spreadsheet would run, as pipelines/exports/csv.py writes it. */
  function cell(value) {
    const inert = String(value ?? "")
      .replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&")
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "\ufffd");
    return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
  }

  /** A paragraph's cells, in the order of COLUMNS. */
  function cellsOf({ id, text, number, kind, page, section, report }, score) {
    return [
      id, Math.round(score * 1000) / 1000, report.authority, report.region, report.start, report.published, report.framework,
      section.heading, section.judgement, section.grade, number, kind, text, page, report.source_url,
      report.source_url ? `${report.source_url}#page=${page}` : report.provider_url, report.id, report.kind,
      report.theme_name, report.overall_grade,
    ].map(cell).join(",");
  }

  /** The whole file. The byte order mark tells Excel that it is UTF-8. */
  return (paragraphs, scores) => {
    const lines = [COLUMNS.join(","), ...paragraphs.map((one, at) => cellsOf(one, scores[at]))];
    return new Blob([`\ufeff${lines.join("\n")}\n`], { type: "text/csv;charset=utf-8" });
  };
})();
