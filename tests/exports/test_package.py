"""index.json and datapackage.json: every file of the exports, as it is, and as the Frictionless library reads it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest
from frictionless import Package

from pipelines.exports import EXPORTS, version, write_exports
from pipelines.exports.package import DATA_PACKAGE, INDEX, data_package, exported_files, write_package
from pipelines.exports.version import INVENTED, DataVersion, citation, read_version
from pipelines.files import sha256_of
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.models import read_models

THE_TWO = {INDEX, DATA_PACKAGE}


def write_all(warehouse: Path, folder: Path) -> Path:
    folder.mkdir()
    with open_warehouse(warehouse) as connection:
        write_exports(connection, folder, exports=[one for one in EXPORTS if one.name != "site"])
    return folder


@pytest.fixture(scope="module")
def exports(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(sample_warehouse, tmp_path_factory.mktemp("package") / "exports")


@pytest.fixture(scope="module")
def package(exports: Path) -> Package:
    """As the library reads it. It raises an error for what a descriptor must not hold."""
    return Package(str(exports / DATA_PACKAGE))


def index(exports: Path) -> dict[str, Any]:
    return dict(json.loads((exports / INDEX).read_text("utf-8")))


def files_below(folder: Path) -> Iterator[str]:
    yield from (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def n_rows(path: Path) -> int | None:
    match path.suffix:
        case ".parquet":
            return pl.read_parquet(path, hive_partitioning=False).height
        case ".csv":
            return pl.read_csv(path, infer_schema=False).height
        case _:
            return None


def test_the_index_lists_each_file_as_it_is(exports: Path) -> None:
    listed = {one["path"]: one for one in index(exports)["files"]}
    assert set(listed) == set(files_below(exports)) - THE_TWO
    for name, one in listed.items():
        path = exports / name
        assert (one["bytes"], one["sha256"]) == (path.stat().st_size, sha256_of(path)), name
        assert one["rows"] == n_rows(path), name
        assert one["description"].endswith("."), name
        assert path.suffix == f".{one['format']}"


def test_every_csv_is_as_its_schema_says(package: Package) -> None:
    """Types, keys, values that must be there, rows, bytes and hash: the library checks all of them."""
    tables = [one for one in package.resources if one.format == "csv"]
    assert len(tables) == sum(model.layer == "marts" and not model.is_view for model in read_models())
    for one in tables:
        report = one.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:3]


def test_the_library_finds_a_row_that_breaks_its_schema(exports: Path, tmp_path: Path) -> None:
    descriptor = json.loads((exports / DATA_PACKAGE).read_text("utf-8"))
    names = ("marts.all_inspections.csv", "marts.all_judgements.csv")
    descriptor["resources"] = [one for one in descriptor["resources"] if one["name"] in names]
    (tmp_path / "marts").mkdir()
    for one in descriptor["resources"]:
        (tmp_path / one["path"]).write_bytes((exports / one["path"]).read_bytes())
    with (tmp_path / "marts" / "all_judgements.csv").open("a") as file:
        file.write("no inspection,report,,,good,one,Good,,,\n")
    report = Package.from_descriptor(descriptor, basepath=str(tmp_path)).get_resource(names[1]).validate()
    found = {kind for (kind,) in report.flatten(["type"])}
    assert {"foreign-key", "constraint-error", "type-error", "hash-count", "byte-count", "row-count"} <= found


def test_parquet_has_the_columns_of_its_schema(exports: Path, package: Package) -> None:
    """The library reads Parquet only with another one: polars reads the columns here."""
    kinds = {
        "string": pl.String,
        "date": pl.Date,
        "boolean": pl.Boolean,
        "number": pl.Float64,
        "array": pl.List,
        "object": pl.Struct,
    }
    tables = [one for one in package.resources if one.format == "parquet"]
    assert tables
    for one in tables:
        columns = pl.read_parquet_schema(exports / str(one.path))
        assert list(columns) == [field.name for field in one.schema.fields]
        for field in one.schema.fields:
            kind = columns[field.name]
            assert kind.is_integer() if field.type == "integer" else isinstance(kind, kinds[field.type]), field


def test_two_exports_give_equal_bytes(exports: Path, sample_warehouse: Path, tmp_path: Path) -> None:
    again = write_all(sample_warehouse, tmp_path / "again")
    assert {name: sha256_of(again / name) for name in files_below(again)} == {
        name: sha256_of(exports / name) for name in files_below(exports)
    }


def test_a_package_of_the_sample_says_that_it_is_invented(exports: Path, package: Package) -> None:
    about = index(exports)
    assert about["is_invented"]
    assert about["attribution"] == INVENTED
    assert INVENTED in about["citation"]
    assert INVENTED in str(package.description)
    assert package.sources == [{"title": INVENTED}]


def test_a_package_of_real_reports_names_its_sources_and_their_licence(sample_warehouse: Path, exports: Path) -> None:
    with open_warehouse(sample_warehouse) as connection:
        data = read_version(connection)._replace(source_name="ofsted")
        descriptor = data_package(connection, data, exported_files(connection, exports))
        editions = [name for (name,) in connection.execute("select file_name from official.editions").fetchall()]
    titles = [one["title"] for one in descriptor["sources"]]
    assert editions
    assert all(any(name in title for title in titles) for name in editions)
    assert version.ATTRIBUTION in descriptor["description"]
    assert descriptor["licenses"][0]["name"] == "OGL-UK-3.0"
    assert "INVENTED" not in json.dumps(descriptor, default=str)


def test_a_file_that_nothing_describes_is_told(sample_warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes")
    with open_warehouse(sample_warehouse) as connection, pytest.raises(LookupError, match=r"notes\.txt"):
        write_package(connection, tmp_path)()


def test_other_contents_have_another_version() -> None:
    one = DataVersion(date(2026, 6, 8), 507, "ofsted", "1a2b3c4d5e6f")
    assert one.version == "2026.06.08+1a2b3c4d"
    assert one._replace(fingerprint="2a2b3c4d5e6f").version != one.version
    nothing = DataVersion(None, 0, "ofsted", "1a2b3c4d5e6f")
    assert nothing.version == "no-reports+1a2b3c4d"
    assert "no report (version no-reports+1a2b3c4d)" in citation(nothing)


def test_the_citation_file_says_what_the_data_say() -> None:
    root = SQL_FOLDER.parent
    said = msgspec.yaml.decode((root / "CITATION.cff").read_bytes())
    assert {"cff-version", "message", "title", "authors"} <= said.keys()  # those that the format requires
    assert said["cff-version"] == "1.2.0"
    assert said["title"] == version.TITLE
    assert said["authors"] == [{"name": version.AUTHORS}]
    assert said["keywords"] == list(version.KEYWORDS)
    (reports,) = said["references"]
    assert (reports["license"], reports["notes"]) == (version.LICENCE[0], version.ATTRIBUTION)
    project = (root / "pyproject.toml").read_text("utf-8")
    assert f'version = "{said["version"]}"' in project
    assert f'license = "{said["license"]}"' in project
