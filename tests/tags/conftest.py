"""Small lists of the tests' own, compiled into an index or dropped into a server's data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cozygen_core import TagHit, TagIndex

# name,type,count,"aliases": every kind of tag that the ranking rules speak of.
SMALL = """\
1girl,0,6000000,"1girls,sole_female"
solo,0,5000000,
long_hair,0,4500000,"/lh,longhair"
breasts,0,3600000,"boobs,oppai"
looking_at_viewer,0,3500000,"eye_contact_with_viewer"
blush,0,3100000,
smile,0,3000000,"smiling"
blue_eyes,0,1800000,"blueeyes"
blonde_hair,0,1600000,"blond_hair"
skirt,0,1600000,
black_hair,0,1500000,
eyes_visible_through_hair,0,120000,
v,0,300000,"peace_sign,peace_symbol"
twintails,0,900000,"twin_tails"
cat_ears,0,300000,"nekomimi"
cat,0,90000,
black_cat,0,30000,
detached_collar,0,60000,
starry_sky,0,50000,
nude,0,400000,"naked"
nipples,0,800000,
no_humans,0,170000,
no_bra,0,50000,
hatsune_miku,4,110000,"miku_hatsune,miku"
saber_(fate),4,40000,
ganyu_(genshin_impact),4,30000,
artoria_pendragon_(fate),4,60000,
touhou,3,900000,
genshin_impact,3,250000,
wlop,1,900,
saberu_artist,1,120,
highres,5,5700000,"hires,high_res"
k-on!,3,40000,"k-on"
:d,0,400000,
>_<,0,60000,
^_^,0,70000,
\\m/,0,3000,
t-shirt,0,200000,
"""
# RFC 4180: a quote inside a quoted field is doubled.
SMALL += '"don\'t_say_""lazy""",3,50,\n'
NAMES = """\
hatsune_miku,初音ミク|はつねみく|Hatsune Miku
touhou,東方|東方Project|东方
long_hair,长发|ロングヘアー|長髪
1girl,女の子|소녀
genshin_impact,原神
"""
IMPLICATIONS = "antecedent,consequent\nskirt_lift,skirt\nno_bra,nipples\n"

Build = Callable[..., TagIndex]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compile lists given as text: `build(SMALL, names=NAMES)`; a keyword is the file's name."""

    def make(text: str = "", /, cache: Path | None = None, **files: str) -> TagIndex:
        sources = []
        for name, content in {"small.csv": text, **files}.items():
            path = tmp_path / (name if "." in name else name + ".csv")
            path.write_text(content, encoding="utf-8")
            if content:
                sources.append((path, path.stem, None))
        return TagIndex.build(sources, cache_path=cache)

    return make


@pytest.fixture
def small(build: Build) -> TagIndex:
    """The small list with names in other languages."""
    return build(SMALL, names=NAMES, implications=IMPLICATIONS)


def tags_of(hits: list[TagHit]) -> list[str]:
    """Just the names."""
    return [hit.tag for hit in hits]
