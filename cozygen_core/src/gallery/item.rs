//! Items of a listing as the JSON of the API.

use std::io::Write;

use super::catalog::Catalog;
use super::names;

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
}

/// The bit of a member; a name that is none is refused by the compiler where it is a constant.
const fn bit(name: &str) -> u32 {
    let mut at = 0;
    while at < NAMES.len() {
        if same(NAMES[at].as_bytes(), name.as_bytes()) {
            return 1 << at;
        }
        at += 1;
    }
    0
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
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

/// Writes the files of one page; what is the same for a whole folder is made once.
pub struct ItemWriter<'a> {
    catalog: &'a Catalog,
    kind: &'a str,
    fields: Fields,
    folder: Option<FolderTexts>,
}

/// A folder as it appears in its files' items.
struct FolderTexts {
    number: u32,
    /// The JSON string.
    json: Vec<u8>,
    /// The end of a thumbnail's query: folder and type.
    query: Vec<u8>,
}

/// Writes one member when it is wanted.
macro_rules! member {
    ($fields:expr, $out:expr, $name:literal, $write:expr) => {
        if $fields.0 & const { bit($name) } != 0 {
            $out.extend_from_slice(concat!(",\"", $name, "\":").as_bytes());
            $write;
        }
    };
}

impl<'a> ItemWriter<'a> {
    /// For items of that `type`.
    pub fn new(catalog: &'a Catalog, kind: &'a str, fields: Fields) -> Self {
        Self { catalog, kind, fields, folder: None }
    }

    /// A file as JSON without its closing brace, so that `meta` can follow.
    pub fn file(&mut self, number: u32) -> Vec<u8> {
        let row = self.catalog.row(number);
        self.enter(row.folder);
        let (name, version, fields) = (self.catalog.name(number), row.version(), self.fields);
        let mut out = Vec::with_capacity(512);
        let to = &mut out;
        to.extend_from_slice(b"{\"id\":\"");
        push_id(to, row.id);
        to.push(b'"');
        member!(fields, to, "filename", push_string(to, name));
        member!(fields, to, "subfolder", to.extend_from_slice(self.folder_json()));
        member!(fields, to, "type", push_plain(to, self.kind));
        member!(fields, to, "mtime", push_number(to, seconds(row.mtime_ns)));
        member!(fields, to, "kind", push_plain(to, row.kind().word()));
        member!(fields, to, "size", push_whole(to, row.size));
        member!(fields, to, "width", push_pixels(to, row.width));
        member!(fields, to, "height", push_pixels(to, row.height));
        if row.duration_ms > 0 {
            member!(fields, to, "duration", push_number(to, f64::from(row.duration_ms) / 1e3));
        }
        if row.fps_milli > 0 {
            member!(fields, to, "fps", push_number(to, f64::from(row.fps_milli) / 1e3));
        }
        member!(fields, to, "thumb", self.push_thumb(to, name, version));
        member!(fields, to, "url", push_media(to, row.id, version));
        member!(fields, to, "favorite", to.extend_from_slice(b"false"));
        member!(fields, to, "rating", to.push(b'0'));
        member!(fields, to, "tags", to.extend_from_slice(b"[]"));
        out
    }

    fn enter(&mut self, number: u32) {
        if self.folder.as_ref().is_none_or(|folder| folder.number != number) {
            self.folder = Some(FolderTexts::new(self.catalog, number, self.kind));
        }
    }

    fn folder_json(&self) -> &[u8] {
        self.folder.as_ref().map_or(b"\"\"", |folder| folder.json.as_slice())
    }

    fn folder_query(&self) -> &[u8] {
        self.folder.as_ref().map_or(b"", |folder| folder.query.as_slice())
    }

    fn push_thumb(&self, out: &mut Vec<u8>, name: &[u8], version: u64) {
        out.extend_from_slice(b"\"thumb?filename=");
        names::percent_encoded(name, out);
        out.extend_from_slice(self.folder_query());
        out.extend_from_slice(b"&v=");
        push_hex(out, version);
        out.push(b'"');
    }
}

impl FolderTexts {
    fn new(catalog: &Catalog, number: u32, kind: &str) -> Self {
        let path = catalog.folder_path(number);
        let (mut json, mut query) = (Vec::new(), Vec::new());
        push_string(&mut json, &path);
        if !path.is_empty() {
            query.extend_from_slice(b"&subfolder=");
            names::percent_encoded(&path, &mut query);
        }
        if kind != "output" {
            query.extend_from_slice(b"&type=");
            query.extend_from_slice(kind.as_bytes());
        }
        Self { number, json, query }
    }
}

/// A name as a JSON string; most need no escapes.
fn push_string(out: &mut Vec<u8>, name: &[u8]) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if name.iter().all(is_plain) {
        out.push(b'"');
        out.extend_from_slice(name);
        out.push(b'"');
    } else {
        out.extend_from_slice(json_string(&names::shown(name)).as_bytes());
    }
}

/// A word that needs no escapes.
fn push_plain(out: &mut Vec<u8>, word: &str) {
    out.push(b'"');
    out.extend_from_slice(word.as_bytes());
    out.push(b'"');
}

fn push_media(out: &mut Vec<u8>, id: u64, version: u64) {
    out.extend_from_slice(b"\"media/");
    push_id(out, id);
    out.extend_from_slice(b"?v=");
    push_hex(out, version);
    out.push(b'"');
}

fn push_pixels(out: &mut Vec<u8>, pixels: u32) {
    if pixels == 0 {
        out.extend_from_slice(b"null");
    } else {
        push_whole(out, u64::from(pixels));
    }
}

fn push_whole(out: &mut Vec<u8>, value: u64) {
    let (mut digits, mut at, mut left) = ([0u8; 20], 20, value);
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn hex(value: u64) -> [u8; 16] {
    std::array::from_fn(|at| HEX[(value >> (60 - 4 * at) & 15) as usize])
}

fn push_id(out: &mut Vec<u8>, id: u64) {
    out.extend_from_slice(&hex(id));
}

/// Without leading zeros.
fn push_hex(out: &mut Vec<u8>, value: u64) {
    let zeros = (value.leading_zeros() / 4).min(15) as usize;
    out.extend_from_slice(&hex(value)[zeros..]);
}

/// A float as JSON: never an exponent, never NaN.
fn push_number(out: &mut Vec<u8>, value: f64) {
    if value.is_finite() {
        // Writing to a Vec cannot fail.
        let _ = write!(out, "{value:?}");
    } else {
        out.extend_from_slice(b"null");
    }
}

/// A folder in a listing.
pub fn folder_json(catalog: &Catalog, folder: u32) -> Vec<u8> {
    let entry = catalog.folder(folder);
    let mut out = b"{\"filename\":".to_vec();
    push_string(&mut out, &entry.name);
    out.extend_from_slice(b",\"type\":\"directory\",\"subfolder\":");
    push_string(&mut out, &catalog.folder_path(folder));
    out.extend_from_slice(b",\"mtime\":");
    push_number(&mut out, seconds(entry.stat.mtime_ns));
    out.push(b'}');
    out
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
            let mut json = ItemWriter::new(&catalog, "output", Fields::default()).file(row);
            json.push(b'}');
            let item: serde_json::Value = serde_json::from_slice(&json).unwrap();
            assert_eq!(item["id"], "0000000000000007");
            assert_eq!(item["mtime"], 1_763_812_345.25);
            assert!(item["width"].is_null());
            assert!(item["thumb"].as_str().unwrap().is_ascii());
            let version = format!("{:x}", catalog.row(row).version());
            assert_eq!(item["url"], format!("media/0000000000000007?v={version}"));
            assert_eq!(item["size"].to_string(), u64::MAX.to_string());
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
        assert!(Fields::parse("id,thumb, url") == Some(Fields(bit("thumb") | bit("url"))));
        assert_eq!(Fields::parse(""), Some(Fields::default()));
        assert!(NAMES.iter().all(|name| bit(name) != 0) && bit("secret") == 0);
        assert_eq!(Fields::parse("thumb,secret"), None);
    }
}
