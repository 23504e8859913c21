//! Lists in columns: which column is what, and the rows.

use std::borrow::Cow;

use super::categories::{Scheme, from_heading};
use super::columns::split;
use super::lines::numbered;
use super::{Format, Link, RawTag, Sink};

/// Rows looked at to tell the formats apart.
const SAMPLE: usize = 400;
/// Rows looked at to tell whose category numbers they are.
const SCHEME_SAMPLE: usize = 50_000;

/// Rows between two words on how far the reading is.
const SAID_EVERY: usize = 4096;

/// Where each value is; `None` where the list has no such column.
#[derive(Debug, Clone, Default)]
struct Layout {
    name: usize,
    category: Option<usize>,
    count: Option<usize>,
    /// This column and all that follow.
    aliases: Option<usize>,
    other_names: Option<usize>,
    target: Option<(usize, Link)>,
    status: Option<usize>,
    deprecated: Option<usize>,
    wd14: bool,
}

/// The column format of `content`.
pub fn detect(content: &str) -> Format {
    let rows: Vec<_> = sample(content).take(SAMPLE).filter_map(|(_, line)| split(line)).collect();
    let Some(first) = rows.first() else {
        // Lines without one good row are a broken list, not a plain one.
        let empty = sample(content).next().is_none();
        return if empty { Format::Plain } else { Format::Tagcomplete };
    };
    if header(first, "").is_some() {
        return Format::Headed;
    }
    let total = rows.len();
    let most = |hit: &dyn Fn(&Vec<Cow<'_, str>>) -> bool| {
        rows.iter().filter(|row| hit(row)).count() * 10 >= total * 7
    };
    if most(&|row| row.len() == 1) {
        Format::Plain
    } else if most(&|row| row.len() == 2 && !is_number(&row[1])) {
        Format::OtherNames
    } else if most(&|row| row.len() == 2 || row.len() == 3 && row[2].is_empty()) {
        Format::Counts
    } else if most(&|row| row.len() == 3 && is_number(&row[1]) && is_words(&row[2])) {
        Format::Translations
    } else {
        Format::Tagcomplete
    }
}

/// Read all rows of `content`, which is of `format`.
pub fn read(
    content: &str,
    format: Format,
    scheme: Option<Scheme>,
    hint: &str,
    sink: &mut dyn Sink,
) {
    let layout = layout(content, format, hint);
    let scheme = scheme.unwrap_or_else(|| guess_scheme(content, &layout, hint));
    let skip_first = usize::from(format == Format::Headed);
    for (count, (number, line)) in sample(content).skip(skip_first).enumerate() {
        if count % SAID_EVERY == 0 {
            sink.at(line.as_ptr() as usize - content.as_ptr() as usize, content.len());
        }
        match split(line) {
            Some(fields) => {
                if let Err(why) = row(&fields, &layout, scheme, sink) {
                    sink.skip(number, why, line);
                }
            }
            None => sink.skip(number, "a quote is never closed", line),
        }
    }
}

/// Lines that may be rows: no comments (`#` and a space, or `#` in a list of columns of its own).
fn sample(content: &str) -> impl Iterator<Item = (usize, &str)> {
    numbered(content).filter(|(_, line)| !line.starts_with("# ") && *line != "#")
}

fn layout(content: &str, format: Format, hint: &str) -> Layout {
    let first = sample(content).next().and_then(|(_, line)| split(line)).unwrap_or_default();
    match format {
        Format::Headed => header(&first, hint).unwrap_or_default(),
        Format::Counts => Layout { count: Some(1), ..Layout::default() },
        Format::OtherNames => Layout { other_names: Some(1), ..Layout::default() },
        Format::Translations => {
            Layout { category: Some(1), other_names: Some(2), ..Layout::default() }
        }
        _ => Layout { category: Some(1), count: Some(2), aliases: Some(3), ..Layout::default() },
    }
}

/// The layout that a header line describes; `None` if it is no header.
fn header(fields: &[Cow<'_, str>], hint: &str) -> Option<Layout> {
    let at = |names: &[&str]| {
        fields.iter().position(|f| names.contains(&f.trim().to_ascii_lowercase().as_str()))
    };
    let from = at(&["antecedent", "antecedent_name"]);
    if let (Some(name), Some(to)) = (from, at(&["consequent", "consequent_name"])) {
        let kind = if hint.contains("implication") { Link::Implication } else { Link::Alias };
        return Some(Layout {
            name,
            target: Some((to, kind)),
            status: at(&["status"]),
            ..Layout::default()
        });
    }
    let name = at(&["tag", "name", "tag_name"])?;
    let rest = Layout {
        name,
        category: at(&["type", "category", "category_id"]),
        count: at(&["count", "post_count", "posts", "frequency"]),
        aliases: at(&["aliases", "alias", "tag_aliases"]),
        other_names: at(&["translation", "translations", "other_names"]),
        deprecated: at(&["is_deprecated", "deprecated"]),
        wd14: at(&["tag_id"]).is_some(),
        ..Layout::default()
    };
    let known = [rest.category, rest.count, rest.aliases, rest.other_names];
    known.iter().any(Option::is_some).then_some(rest)
}

fn guess_scheme(content: &str, layout: &Layout, hint: &str) -> Scheme {
    if layout.wd14 {
        return Scheme::Wd14;
    }
    let mut used = [0; 16];
    for (_, line) in sample(content).take(SCHEME_SAMPLE) {
        let Some(fields) = split(line) else { continue };
        let code = layout.category.and_then(|at| fields.get(at)?.parse::<usize>().ok());
        if let Some(slot) = code.and_then(|code| used.get_mut(code)) {
            *slot += 1;
        }
    }
    Scheme::guess(&used, hint)
}

fn row(
    fields: &[Cow<'_, str>],
    layout: &Layout,
    scheme: Scheme,
    sink: &mut dyn Sink,
) -> Result<(), &'static str> {
    let get = |at: Option<usize>| at.and_then(|at| fields.get(at)).map_or("", |f| f.trim());
    let name = get(Some(layout.name));
    if name.is_empty() {
        return Err("an empty name");
    }
    if let Some((to, kind)) = layout.target {
        return pair(kind, name, get(Some(to)), get(layout.status), sink);
    }
    if matches!(get(layout.deprecated), "1" | "t" | "true" | "True") {
        return Err("deprecated");
    }
    let has_own_row = layout.other_names.is_none() || layout.count.is_some();
    if has_own_row {
        sink.tag(tag(name, get(layout.category), get(layout.count), scheme)?);
    }
    names(fields, layout.other_names, &['|', ','], Link::OtherName, name, sink);
    if let Some(first) = layout.aliases {
        let last = if layout.other_names.is_some() { first + 1 } else { fields.len() };
        for at in first..last {
            names(fields, Some(at), &[','], Link::Alias, name, sink);
        }
    }
    Ok(())
}

fn pair(
    kind: Link,
    from: &str,
    to: &str,
    status: &str,
    sink: &mut dyn Sink,
) -> Result<(), &'static str> {
    if to.is_empty() {
        return Err("no second name");
    }
    if !status.is_empty() && status != "active" {
        return Err("not active");
    }
    sink.link(kind, from, to);
    Ok(())
}

fn tag<'a>(
    name: &'a str,
    category: &'a str,
    count: &'a str,
    scheme: Scheme,
) -> Result<RawTag<'a>, &'static str> {
    let category = match category.parse::<u32>() {
        Ok(code) => scheme.category(code).ok_or("a rating or an invalid tag")?,
        Err(_) if category.is_empty() => "",
        Err(_) => from_heading(category, name),
    };
    let number = count.parse::<f64>().ok().filter(|n| n.is_finite());
    let note = if number.is_none() { count } else { "" };
    let count = number.map(|n| n.clamp(0.0, f64::from(u32::MAX)) as u32);
    Ok(RawTag { name, category, count, note, ..RawTag::default() })
}

fn names(
    fields: &[Cow<'_, str>],
    at: Option<usize>,
    separators: &[char],
    kind: Link,
    tag: &str,
    sink: &mut dyn Sink,
) {
    let Some(field) = at.and_then(|at| fields.get(at)) else { return };
    for name in field.split(separators).map(str::trim).filter(|n| !n.is_empty()) {
        sink.link(kind, name, tag);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_words(text: &str) -> bool {
    !text.is_empty() && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart_by_content() {
        for (content, want) in [
            ("1girl,0,12,\"a,b\"\nsolo,0,3,\n", Format::Tagcomplete),
            ("masterpiece,5,Quality tag,,\n", Format::Tagcomplete),
            ("safe,5,1\nfemale,0,2,\"a\"\n", Format::Tagcomplete),
            ("tag,type,count,aliases\nx,0,1,\n", Format::Headed),
            ("tag_id,name,category,count\n9,general,9,1\n", Format::Headed),
            ("antecedent,consequent\na,b\n", Format::Headed),
            ("1girl,女の子|girl\n", Format::OtherNames),
            ("1girl,12\nsolo,3\n", Format::Counts),
            ("1girl,0,女の子\nsolo,0,ソロ\n", Format::Translations),
            ("1girl\nsolo\n# note\n", Format::Plain),
        ] {
            assert_eq!(detect(content), want, "{content:?}");
        }
    }
}
