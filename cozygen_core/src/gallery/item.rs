//! Items of a listing as the JSON of the API.

use std::io::Write;

use super::catalog::Catalog;
use super::names;
use super::row::Row;

/// Which members an item shows, by bit; an item always has its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields(u32);

const NAMES: [&str; 17] = [
    "filename",
    "subfolder",
    "type",
    "mtime",
    "kind",
    "size",
    "width",
    "height",
    "duration",
    "fps",
    "thumb",
    "url",
    "blur",
    "favorite",
    "rating",
    "tags",
    "meta",
];

impl Default for Fields {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

impl Fields {
    /// Members by name, separated by commas; the empty text means all.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::default());
        }
        let mut bits = 0;
        for word in text.split(',').map(str::trim).filter(|word| *word != "id") {
            bits |= 1 << NAMES.iter().position(|name| *name == word)?;
        }
        Some(Self(bits))
    }

    fn shows(self, name: &str) -> bool {
        NAMES.iter().position(|known| *known == name).is_some_and(|bit| self.0 & 1 << bit != 0)
    }
}

/// The id as it travels.
pub fn id_text(id: u64) -> String {
    format!("{id:016x}")
}

/// The id that [`id_text`] wrote.
pub fn parse_id(text: &str) -> Option<u64> {
    let plain = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain { u64::from_str_radix(text, 16).ok() } else { None }
}

/// Seconds as a float, from nanoseconds.
///
/// The whole seconds and the rest apart: nanoseconds since 1970 do not fit into a float.
pub fn seconds(nanos: i64) -> f64 {
    const IN_A_SECOND: i64 = 1_000_000_000;
    nanos.div_euclid(IN_A_SECOND) as f64 + nanos.rem_euclid(IN_A_SECOND) as f64 * 1e-9
}

/// A JSON string.
pub fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A file as JSON without its closing brace, so that `meta` can follow.
pub fn file_json(catalog: &Catalog, number: u32, kind: &str, fields: Fields) -> Vec<u8> {
    let row = catalog.row(number);
    let mut writer = Members { out: Vec::with_capacity(448), fields };
    writer.out.extend(b"{\"id\":\"");
    writer.out.extend(id_text(row.id).bytes());
    writer.out.push(b'"');
    let (name, folder) = (catalog.name(number), catalog.folder_path(row.folder));
    writer.member("filename", || json_string(&names::shown(name)));
    writer.member("subfolder", || json_string(&names::shown(&folder)));
    writer.member("type", || format!("\"{kind}\""));
    writer.member("mtime", || number_text(seconds(row.mtime_ns)));
    writer.member("kind", || format!("\"{}\"", row.kind().word()));
    writer.member("size", || row.size.to_string());
    writer.member("width", || or_null(row.width));
    writer.member("height", || or_null(row.height));
    if row.duration_ms > 0 {
        writer.member("duration", || number_text(f64::from(row.duration_ms) / 1e3));
    }
    if row.fps_milli > 0 {
        writer.member("fps", || number_text(f64::from(row.fps_milli) / 1e3));
    }
    writer.member("thumb", || thumb_url(row, name, &folder, kind));
    writer.member("url", || format!("\"media/{}?v={:x}\"", id_text(row.id), row.version()));
    writer.member("favorite", || "false".to_owned());
    writer.member("rating", || "0".to_owned());
    writer.member("tags", || "[]".to_owned());
    writer.out
}

struct Members {
    out: Vec<u8>,
    fields: Fields,
}

impl Members {
    fn member(&mut self, name: &str, value: impl FnOnce() -> String) {
        if self.fields.shows(name) {
            // Writing to a Vec cannot fail.
            let _ = write!(self.out, ",\"{name}\":{}", value());
        }
    }
}

fn or_null(pixels: u32) -> String {
    if pixels == 0 { "null".to_owned() } else { pixels.to_string() }
}

/// A float as JSON: never an exponent, never NaN.
fn number_text(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { "null".to_owned() }
}

fn thumb_url(row: &Row, name: &[u8], folder: &[u8], kind: &str) -> String {
    let mut url = b"\"thumb?filename=".to_vec();
    names::percent_encoded(name, &mut url);
    if !folder.is_empty() {
        url.extend(b"&subfolder=");
        names::percent_encoded(folder, &mut url);
    }
    if kind != "output" {
        url.extend(b"&type=");
        url.extend(kind.bytes());
    }
    let version = format!("&v={:x}\"", row.version());
    url.extend(version.bytes());
    String::from_utf8_lossy(&url).into_owned()
}

/// A folder in a listing.
pub fn folder_json(catalog: &Catalog, folder: u32) -> Vec<u8> {
    let entry = catalog.folder(folder);
    format!(
        "{{\"filename\":{},\"type\":\"directory\",\"subfolder\":{},\"mtime\":{}}}",
        json_string(&names::shown(&entry.name)),
        json_string(&names::shown(&catalog.folder_path(folder))),
        number_text(seconds(entry.stat.mtime_ns)),
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::row::FileStat;
    use super::*;

    #[test]
    fn an_item_is_valid_json_whatever_its_name() {
        let mut catalog = Catalog::new();
        let folder = catalog.ensure_path(b"a b/\xe2\x80\xaedir");
        let stat = FileStat { size: u64::MAX, mtime_ns: 1_763_812_345_250_000_000, inode: 1 };
        for name in [&b"a\"<&\\\n.png"[..], b"\xff\xfe.png", "日本 #%?.webm".as_bytes()] {
            let row = catalog.add_file(folder, name, 7, stat);
            let mut json = file_json(&catalog, row, "output", Fields::default());
            json.push(b'}');
            let item: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(item["id"], "0000000000000007");
            assert_eq!(item["mtime"], 1_763_812_345.25);
            assert!(item["width"].is_null());
            assert!(item["thumb"].as_str().unwrap().is_ascii());
        }
    }

    #[test]
    fn ids_are_read_back_and_nothing_else_is() {
        assert_eq!(parse_id(&id_text(u64::MAX)), Some(u64::MAX));
        for text in [
            "",
            "1",
            "+000000000000001",
            "000000000000000G",
            "../../etc/passwd",
            "ABCDEF0123456789",
        ] {
            assert_eq!(parse_id(text), None, "{text}");
        }
    }

    #[test]
    fn only_known_fields_are_accepted() {
        assert!(Fields::parse("id,thumb, url").is_some_and(|f| f.shows("url") && !f.shows("size")));
        assert_eq!(Fields::parse(""), Some(Fields::default()));
        assert_eq!(Fields::parse("thumb,secret"), None);
    }
}
