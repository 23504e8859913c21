"""What someone types, and what they find."""

from __future__ import annotations

import pytest

from cozygen_core import TagIndex, normal_tag
from tests.tags.conftest import SMALL, Build, tags_of


@pytest.mark.parametrize(
    ("typed", "first", "match"),
    [
        ("long hair", "long_hair", "exact"),
        ("Long_Hair", "long_hair", "exact"),
        ("  LONG   hair ", "long_hair", "exact"),
        ("long h", "long_hair", "prefix"),
        ("hair long", "long_hair", "words"),
        ("looking at v", "looking_at_viewer", "prefix"),
        ("viewer", "looking_at_viewer", "words"),
        ("umans", "no_humans", "inside"),
        ("miku hatsune", "hatsune_miku", "exact"),
        ("saber (fate)", "saber_(fate)", "exact"),
        (r"saber \(fate\)", "saber_(fate)", "exact"),
        ("ganyu (genshin", "ganyu_(genshin_impact)", "prefix"),
        ("t shirt", "t-shirt", "words"),
        ("boobs", "breasts", "exact"),
        ("peace sign", "v", "exact"),
        ("k-on", "k-on!", "exact"),
        ("hires", "highres", "exact"),
        (":d", ":d", "exact"),
        (":D", ":d", "exact"),
        (">_<", ">_<", "exact"),
        ("^ ^", "^_^", "exact"),
        (r"\m/", r"\m/", "exact"),
        ('don\'t say "lazy"', 'don\'t_say_"lazy"', "exact"),
        ("初音ミク", "hatsune_miku", "exact"),
        ("はつねみく", "hatsune_miku", "exact"),
        ("ハツネミク", "hatsune_miku", "exact"),
        ("女の子", "1girl", "exact"),
        ("長發", "long_hair", "exact"),
        ("长发", "long_hair", "exact"),
        ("東方", "touhou", "exact"),
        ("东方", "touhou", "exact"),
        ("原神", "genshin_impact", "exact"),
        ("소녀", "1girl", "exact"),
        ("/lh", "long_hair", "exact"),
        ("/evth", "eyes_visible_through_hair", "words"),
        ("evth", "eyes_visible_through_hair", "words"),
        ("detco", "detached_collar", "typo"),
        ("logn hair", "long_hair", "typo"),
        ("blon_dehair", "blonde_hair", "typo"),
        ("twintals", "twintails", "typo"),
        ("hatsnue miku", "hatsune_miku", "typo"),
        ("logn ha", "long_hair", "typo"),
        ("*_hair", "long_hair", "inside"),
        ("blue*", "blue_eyes", "prefix"),
        ("(blue eyes:1.2)", "blue_eyes", "exact"),
        ("((smile))", "smile", "exact"),
        ("[smile", "smile", "exact"),
        ("smile,", "smile", "exact"),
    ],
)
def test_the_first_answer_is_what_was_meant(small: TagIndex, typed: str, first: str, match: str) -> None:
    hit = small.search(typed, limit=5).hits[0]
    assert (hit.tag, hit.match) == (first, match)


def test_hair_long_blonde_finds_what_has_most_of_the_words(small: TagIndex) -> None:
    hits = small.search("hair long blonde", limit=5).hits
    assert tags_of(hits)[:2] == ["long_hair", "blonde_hair"]
    assert {hit.via for hit in hits} == {"some_words"}


def test_tiers_follow_each_other_strictly(small: TagIndex) -> None:
    hits = small.search("cat", limit=10).hits
    assert tags_of(hits)[:3] == ["cat", "cat_ears", "black_cat"]
    order = ["exact", "prefix", "words", "inside", "typo"]
    places = [order.index(hit.match) for hit in hits]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "never_first"),
    [("no_hu", "no_bra"), ("starry_", "saberu_artist"), ("blue_e", "blonde_hair")],
)
def test_a_correction_never_beats_a_literal_match(small: TagIndex, typed: str, never_first: str) -> None:
    hits = small.search(typed, limit=5).hits
    assert hits[0].match != "typo"
    assert hits[0].tag != never_first


def test_one_row_a_tag_with_the_name_that_matched(small: TagIndex) -> None:
    hits = small.search("miku", limit=20).hits
    assert tags_of(hits).count("hatsune_miku") == 1
    assert hits[0].alias == "miku"
    assert small.search("hatsune", limit=1).hits[0].alias is None


def test_initials_of_a_popular_tag_rank_behind_name_prefixes(build: Build) -> None:
    index = build(
        "lavender_field,0,900,\nlooking_at_viewer,0,3000000,\nblack_lava,0,800,\nlong_anal_v,0,5,\n"
    )
    assert tags_of(index.search("lav", limit=9).hits)[:3] == [
        "lavender_field",
        "looking_at_viewer",
        "black_lava",
    ]


@pytest.mark.parametrize("typed", ["@wlop", "artist:wlop", "by wlop", "by_wlop", "@ wlop", "wlop"])
def test_artists_are_found_with_any_sign(small: TagIndex, typed: str) -> None:
    assert small.search(typed, limit=1).hits[0].tag == "wlop"


def test_an_artist_sign_prefers_artists(small: TagIndex) -> None:
    assert small.search("saber", limit=1).hits[0].tag == "saber_(fate)"
    assert small.search("@saber", limit=1).hits[0].tag == "saberu_artist"
    assert "saber_(fate)" in tags_of(small.search("@saber", limit=5).hits)


def test_explicit_tags_are_hidden_until_asked_for(small: TagIndex) -> None:
    assert "nude" not in tags_of(small.search("nud", limit=9).hits)
    shown = small.search("nude", nsfw="show", limit=9).hits[0]
    assert (shown.tag, shown.nsfw) == ("nude", True)
    assert small.search("nude", nsfw="blur", limit=1).hits[0].nsfw


def test_what_implies_an_explicit_tag_is_explicit(small: TagIndex) -> None:
    assert "no_bra" not in tags_of(small.search("no_b", limit=9).hits)
    assert small.search("no_bra", nsfw="show", limit=1).hits[0].nsfw


def test_what_sexualises_minors_is_never_loaded(build: Build) -> None:
    index = build('loli,0,900000,"lolicon"\nsmile,0,5,"loli_smile"\nlolita_fashion,0,7000,\n')
    assert len(index) == 2
    for typed in ("loli", "lolicon", "loli_smile"):
        hits = tags_of(index.search(typed, nsfw="show", limit=9).hits)
        assert "loli" not in hits
        assert all(hit.alias is None for hit in index.search(typed, nsfw="show", limit=9).hits)
    assert "lolita_fashion" in tags_of(index.search("lolita", limit=9).hits)


def test_filters_apply_before_the_cut(small: TagIndex) -> None:
    assert tags_of(small.search("s", limit=1, categories=["character"]).hits) == ["saber_(fate)"]
    assert tags_of(small.search("", limit=2, categories=["copyright", "artist"]).hits) == [
        "touhou",
        "genshin_impact",
    ]
    assert small.search("smile", categories=["no such"]).hits == []
    assert small.search("smile", sources=["no such"]).hits == []
    assert all(hit.count >= 1_000_000 for hit in small.search("s", min_count=1_000_000).hits)
    only = small.mask(["boobs", "blush", "no such tag"])
    assert tags_of(small.search("", only=only).hits) == ["breasts", "blush"]
    assert tags_of(small.search("bl", only=only, limit=9).hits) == ["blush"]


def test_sorting_changes_the_order_and_not_the_hits(small: TagIndex) -> None:
    hits = {
        sort: small.search("hair", sort=sort, limit=50).hits
        for sort in ("relevance", "count", "name", "alpha")
    }
    names = {sort: tags_of(found) for sort, found in hits.items()}
    assert set(names["relevance"]) == set(names["count"]) == set(names["name"])
    assert names["name"] == sorted(names["name"]) == names["alpha"]
    counts = [hit.count for hit in hits["count"]]
    assert counts == sorted(counts, reverse=True)


def test_pages_join_without_gap_or_repeat(small: TagIndex) -> None:
    whole = tags_of(small.search("a", limit=100).hits)
    assert len(whole) > 12
    pages = [tags_of(small.search("a", limit=4, offset=at).hits) for at in range(0, len(whole), 4)]
    assert [tag for page in pages for tag in page] == whole
    assert small.search("a", limit=3, count_to=100).total == len(whole)


def test_nothing_typed_is_everything_by_popularity(small: TagIndex) -> None:
    page = small.search("", limit=3)
    assert tags_of(page.hits) == ["1girl", "highres", "solo"]
    harmless = sum(fine for _, fine, _ in small.categories())
    assert (page.total, page.more) == (harmless, False)
    assert small.search("", nsfw="show").total == len(small)


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 10_240,
        "a " * 5_000,
        "\x00\x01\x02\x7f",
        "\x00",
        '"""',
        '"unbalanced',
        ".*[a-z]+(?=x)$^|\\",
        "((((((((((",
        "))))",
        "\\",
        "\\(",
        "*",
        "**",
        "* *",
        "/",
        "@",
        "artist:",
        "by ",
        "-",
        "_",
        "____",
        "-_-",
        "\u200b\u200d",
        "🙂" * 50,
        "é" * 200,
        "\U0010ffff",
        ":1.2)",
        "(:1.2)",
        "()",
        "[]",
        "<lora:x:1>",
        "__hair/color__",
        "{red|blue} hair",
    ],
)
@pytest.mark.parametrize("sort", ["relevance", "count", "name"])
def test_f_06_any_text_is_a_query(small: TagIndex, typed: str, sort: str) -> None:
    page = small.search(typed, sort=sort, limit=10, count_to=100)
    assert len(page.hits) <= 10
    assert page.total >= len(page.hits)


@pytest.mark.parametrize(("parameter", "value"), [("nsfw", "maybe"), ("sort", "best")])
def test_unknown_words_are_refused(small: TagIndex, parameter: str, value: str) -> None:
    with pytest.raises(ValueError, match="takes"):
        small.search("a", **{parameter: value})  # type: ignore[arg-type]  # by keyword, to try both


def test_m_15_composed_and_decomposed_letters_are_the_same(build: Build) -> None:
    index = build("cafe\u0301_terrace,0,10,\n")
    assert index.search("caf\u00e9 terrace", limit=1).hits[0].match == "exact"
    assert normal_tag("ﬀ İ ß") == normal_tag("FF i\u0307 ß")


def test_the_small_list_is_what_the_tests_think(small: TagIndex) -> None:
    assert len(small) == len(SMALL.splitlines())
