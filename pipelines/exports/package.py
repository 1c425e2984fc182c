"""What programs need to know of the exports: `index.json`, short, and `datapackage.json`, a Data Package 2.0.

Both list every file that is in the folder when they are written, so this export comes after those that write data.
Descriptions and columns are those of the headers in `sql/`.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines.exports import workbook
from pipelines.exports.version import (
    ATTRIBUTION,
    AUTHORS,
    INVENTED,
    KEYWORDS,
    LICENCE,
    LICENCE_URL,
    TITLE,
    DataVersion,
    citation,
    read_version,
)
from pipelines.files import sha256_of
from pipelines.sources.ofsted.addresses import LIVE_SITE
from pipelines.warehouse.headers import read_query
from pipelines.warehouse.models import Model, read_models

if TYPE_CHECKING:
    import duckdb

INDEX, DATA_PACKAGE, SITE = "index.json", "datapackage.json", "site"
PACKAGE_NAME = "childrens-services-judgements"
OTHER_FILES = {workbook.NAME: workbook.DESCRIPTION}
"""What each file is that is not one table."""
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FIELD_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
}
"""The types of Table Schema by those of SQL; lists and structs are told by their form."""
CSV_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True}
ABOUT_CSV = (
    "CSVs are UTF-8 with a byte order mark. An empty cell is null. Text that a spreadsheet would run as a formula has"
    " an apostrophe before it; Parquet has it as it was read."
)


class ExportedFile(msgspec.Struct, frozen=True):
    """One file of the exports. `rows` and `table` are null for a file that is not one table."""

    path: str
    format: str
    rows: int | None
    bytes: int
    sha256: str
    description: str
    table: str | None


class Index(msgspec.Struct, frozen=True):
    """What `index.json` holds."""

    name: str
    title: str
    version: str
    reports_published_up_to: date | None
    source: str
    is_invented: bool
    n_reports: int
    licence: str
    licence_url: str
    attribution: str
    citation: str
    files: tuple[ExportedFile, ...]


def write_package(
    connection: "duckdb.DuckDBPyConnection", folder: Path, _previous: Path | None = None
) -> Callable[[], None]:
    """Returns what writes both files into a folder of exports, once the others are there."""
    return partial(_write_both, connection, folder)


def _write_both(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Raises LookupError for a file of which nothing says what it is."""
    data = read_version(connection)
    files = exported_files(connection, folder)
    _write_json(folder / INDEX, index_of(data, files))
    _write_json(folder / DATA_PACKAGE, data_package(connection, data, files))


def exported_files(connection: "duckdb.DuckDBPyConnection", folder: Path) -> tuple[ExportedFile, ...]:
    """Every file of the exports by path, but for these two and the pages of the site."""
    tables = _tables()
    files = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in (INDEX, DATA_PACKAGE) or name.startswith(f"{SITE}/"):
            continue
        model = tables.get(name.removesuffix(path.suffix).replace("/", "."))
        if model is None and name not in OTHER_FILES:
            raise LookupError(f"{name} is no table, and OTHER_FILES of {__name__} does not say what it is")
        files.append(
            ExportedFile(
                path=name,
                format=path.suffix.removeprefix("."),
                rows=connection.table(model.full_name).shape[0] if model else None,
                bytes=path.stat().st_size,
                sha256=sha256_of(path),
                description=model.description if model else OTHER_FILES[name],
                table=model.full_name if model else None,
            )
        )
    return tuple(files)


def index_of(data: DataVersion, files: tuple[ExportedFile, ...]) -> Index:
    """The short list of the files, with what they were made from."""
    return Index(
        name=PACKAGE_NAME,
        title=TITLE,
        version=data.version,
        reports_published_up_to=data.published_up_to,
        source=data.source_name,
        is_invented=data.is_invented,
        n_reports=data.n_reports,
        licence=LICENCE[0],
        licence_url=LICENCE_URL,
        attribution=INVENTED if data.is_invented else ATTRIBUTION,
        citation=citation(data),
        files=files,
    )


def data_package(
    connection: "duckdb.DuckDBPyConnection", data: DataVersion, files: tuple[ExportedFile, ...]
) -> dict[str, Any]:
    """The descriptor of a Data Package 2.0: a resource for each file, with the schema of each table."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": PACKAGE_NAME,
        "title": TITLE,
        "version": data.version,
        "description": f"Cite as: {citation(data)}\n\n{ABOUT_CSV}",
        "keywords": KEYWORDS,
        "licenses": [{"name": LICENCE[0], "title": LICENCE[1], "path": LICENCE_URL}],
        "contributors": [{"title": AUTHORS, "roles": ["author"]}],
        "sources": _sources(connection, data),
        "resources": [_resource(connection, one, {other.path for other in files}) for one in files],
    }


def _sources(connection: "duckdb.DuckDBPyConnection", data: DataVersion) -> list[dict[str, str]]:
    if data.is_invented:
        return [{"title": INVENTED}]
    reports = {"title": "Ofsted's reports and letters on local authority children's services", "path": LIVE_SITE.pages}
    others = connection.execute(read_query("commands/other_sources")).fetchall()
    return [reports, *({"title": title} for (title,) in others)]


def _resource(connection: "duckdb.DuckDBPyConnection", file: ExportedFile, paths: set[str]) -> dict[str, Any]:
    resource = {
        "name": _name(file.path),
        "path": file.path,
        "title": file.table or file.path,
        "description": file.description,
        "format": file.format,
        "mediatype": MEDIA_TYPES[file.format],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if file.table is None:
        return resource
    model = _tables()[file.table]
    resource["description"] = "\n\n".join((model.description, *model.warnings))
    if file.format == "csv":
        resource |= {"encoding": "utf-8", "dialect": CSV_DIALECT}
    return resource | {"type": "table", "rows": file.rows, "schema": _schema(connection, model, file.format, paths)}


def _schema(connection: "duckdb.DuckDBPyConnection", model: Model, file_format: str, paths: set[str]) -> dict[str, Any]:
    """The columns of a table, its key, and the columns whose values are in a table of the same format."""
    table = connection.table(model.full_name)
    schema: dict[str, Any] = {
        "fields": [
            _field(model, name, str(kind), file_format) for name, kind in zip(table.columns, table.types, strict=True)
        ]
    }
    if model.grain in model.unique and set(model.grain) <= set(model.not_null):
        schema["primaryKey"] = model.grain
    keys = []
    for column, target in model.references.items():
        table_name, _, key = target.rpartition(".")
        path = f"{table_name.replace('.', '/')}.{file_format}"
        if path in paths:
            keys.append({"fields": [column], "reference": {"resource": _name(path), "fields": [key]}})
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(model: Model, name: str, kind: str, file_format: str) -> dict[str, Any]:
    """A column. What holds several values is text in CSV, as DuckDB writes it."""
    description = model.columns[name]
    is_nested = kind.endswith("[]") or kind.startswith("STRUCT")
    if is_nested and file_format == "csv":
        field_type, description = "string", f"{description} As text: [one, another]."
    elif is_nested:
        field_type = "array" if kind.endswith("[]") else "object"
    else:
        field_type = FIELD_TYPES[kind]
    field: dict[str, Any] = {"name": name, "type": field_type, "description": description}
    constraints = {"required": name in model.not_null, "unique": (name,) in model.unique}
    if any(constraints.values()):
        field["constraints"] = {constraint: True for constraint, holds in constraints.items() if holds}
    return field


def _tables() -> dict[str, Model]:
    return {model.full_name: model for model in read_models() if model.kind == "table"}


def _name(path: str) -> str:
    """The name of a resource: the path of its file with dots, as marts.latest_judgements.csv."""
    return path.replace("/", ".")


def _write_json(target: Path, content: object) -> None:
    target.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
