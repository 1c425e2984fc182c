"""Whatever lies among the reports, the run goes on: each bad file is set aside under its reason."""

import shutil
from pathlib import Path

from pipelines.build.run import build
from pipelines.sample import bad_files
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from pipelines.warehouse.connection import open_warehouse


def test_every_kind_of_bad_file_is_quarantined_under_its_reason(
    settings: Settings, three_reports: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(three_reports, folder)
    good = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))
    whole = (folder / good[0]).read_bytes()
    bad_files.html_called_pdf(folder / "page.pdf")
    bad_files.empty_file(folder / "empty.pdf")
    bad_files.cut_pdf(folder / "cut.pdf", whole)
    bad_files.encrypted_pdf(folder / "encrypted.pdf")
    bad_files.scanned_pdf(folder / "scanned.pdf")
    bad_files.invoice_pdf(folder / "invoice.pdf")
    bad_files.many_pages(folder / "pages.pdf", 3000)
    bad_files.invoice_pdf(folder / "it's \"odd\", d'été & more.pdf")
    (folder / "large.pdf").write_bytes(b"%PDF-" + b"x" * 2_000_000)
    (folder / "itself.pdf").symlink_to(folder / "itself.pdf")
    (folder / "round").symlink_to(folder)

    summary = build(
        settings.model_copy(update={"max_file_bytes": 2_000_000}),
        Wanted(str(folder)),
        lambda stage: lambda n_done, n_in_all: None,
    )

    with open_warehouse(settings.warehouse) as connection:
        quarantined = dict(connection.execute("select source_path, reason from quality.quarantined_reports").fetchall())
        accepted = [
            path for (path,) in connection.execute("select source_path from core.reports order by all").fetchall()
        ]
    assert quarantined == {
        "page.pdf": "not_a_pdf",
        "empty.pdf": "not_a_pdf",
        "cut.pdf": "damaged_pdf",
        "encrypted.pdf": "encrypted_pdf",
        "scanned.pdf": "no_text",
        "invoice.pdf": "unknown_framework",
        "it's \"odd\", d'été & more.pdf": "unknown_framework",
        "pages.pdf": "too_large",
        "large.pdf": "too_large",
        "itself.pdf": "damaged_pdf",
    }
    assert accepted == good
    assert summary.n_quarantined == len(quarantined)


def test_reports_of_authorities_that_nobody_knows_are_quarantined(
    settings: Settings, three_reports: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    shutil.copytree(three_reports, folder)
    (folder / "authorities.csv").unlink()  # so they are looked for among the real ones
    summary = build(settings, Wanted(str(folder)), lambda stage: lambda n_done, n_in_all: None)
    assert summary.quarantined == {"unknown_authority": 3}
