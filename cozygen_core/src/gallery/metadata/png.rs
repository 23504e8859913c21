//! PNG: the chunks that carry text, before and after the picture.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::Metadata;
use super::source::{Source, be32, decoded};

const FIRST_CHUNK: u64 = 8;

/// Read size and texts; what is broken ends the reading.
pub fn read(source: &mut Source, metadata: &mut Metadata) {
    let mut at = FIRST_CHUNK;
    for _ in 0..source.limits.most_parts {
        let Some(header) = source.array::<8>(at) else { return };
        let length = u64::from(be32(&header, 0));
        let kind = [header[4], header[5], header[6], header[7]];
        match &kind {
            b"IHDR" => header_chunk(source, at, metadata),
            b"tEXt" | b"zTXt" | b"iTXt" | b"comf" => {
                text_chunk(source, &kind, at + 8, length, metadata);
            }
            b"IEND" => return,
            b"IDAT" if is_satisfied(metadata) => return,
            _ => {}
        }
        at += 12 + length;
    }
}

/// Writers put all texts on one side of the picture.
fn is_satisfied(metadata: &Metadata) -> bool {
    metadata.text("prompt").is_some() || metadata.text("parameters").is_some()
}

fn header_chunk(source: &mut Source, at: u64, metadata: &mut Metadata) {
    if let Some(body) = source.array::<8>(at + 8) {
        (metadata.width, metadata.height) = (be32(&body, 0), be32(&body, 4));
    }
}

fn text_chunk(source: &mut Source, kind: &[u8; 4], at: u64, length: u64, metadata: &mut Metadata) {
    if !source.limits.workflow_too && is_spare_workflow(source, at, length, metadata) {
        return;
    }
    let Some(body) = source.text_bytes(at, length) else { return };
    let Some(end) = body.iter().take(80).position(|byte| *byte == 0) else { return };
    let (key, rest) = (decoded(&body[..end]), &body[end + 1..]);
    let text = match kind {
        b"zTXt" => rest.split_first().and_then(|(_, packed)| unpack(source, packed)),
        b"iTXt" => international(source, rest),
        _ => Some(decoded(rest)),
    };
    if let Some(text) = text {
        metadata.add(key, text);
    }
}

/// The editor's graph beside the server's, usually four fifths of all text.
fn is_spare_workflow(source: &mut Source, at: u64, length: u64, metadata: &Metadata) -> bool {
    const KEY: &[u8; 9] = b"workflow\0";
    length > KEY.len() as u64
        && metadata.text("prompt").is_some()
        && source.array::<9>(at).as_ref() == Some(KEY)
}

/// `flag method language\0 translated\0 text`
fn international(source: &Source, rest: &[u8]) -> Option<String> {
    let packed = *rest.first()? == 1;
    let after_language = split_at_zero(rest.get(2..)?)?;
    let text = split_at_zero(after_language)?;
    if packed { unpack(source, text) } else { Some(decoded(text)) }
}

fn split_at_zero(bytes: &[u8]) -> Option<&[u8]> {
    let zero = bytes.iter().position(|byte| *byte == 0)?;
    bytes.get(zero + 1..)
}

/// A text that unpacks to more than the limit is left out.
fn unpack(source: &Source, packed: &[u8]) -> Option<String> {
    let longest = source.limits.longest_text as u64;
    let mut text = Vec::new();
    ZlibDecoder::new(packed).take(longest + 1).read_to_end(&mut text).ok()?;
    (text.len() as u64 <= longest).then(|| decoded(&text))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::{Limits, read};

    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u32).to_be_bytes();
        [&length[..], kind, body, &[0; 4]].concat()
    }

    fn png(chunks: &[Vec<u8>]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let header = [&640u32.to_be_bytes()[..], &480u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
        file.write_all(b"\x89PNG\r\n\x1a\n").unwrap();
        file.write_all(&chunk(b"IHDR", &header)).unwrap();
        for bytes in chunks {
            file.write_all(bytes).unwrap();
        }
        file
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn reads_every_text_chunk_before_and_after_the_picture() {
        let file = png(&[
            chunk(b"IDAT", &[1; 70_000]),
            chunk(b"tEXt", b"a\0plain"),
            chunk(b"zTXt", &[b"b\0\0", &packed(b"squeezed")[..]].concat()),
            chunk(b"iTXt", "c\0\0\0de\0\0größe".as_bytes()),
            chunk(b"iTXt", &[b"d\0\x01\0\0\0", &packed("日本".as_bytes())[..]].concat()),
            chunk(b"comf", b"prompt\0{}"),
            chunk(b"IEND", b""),
        ]);
        let found = read(file.path(), &Limits::default()).unwrap();
        let texts: Vec<_> = found.texts.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let expected =
            [("a", "plain"), ("b", "squeezed"), ("c", "größe"), ("d", "日本"), ("prompt", "{}")];
        assert_eq!(texts, expected);
        assert_eq!((found.width, found.height), (640, 480));
    }

    #[test]
    fn a_summary_needs_no_workflow_beside_a_prompt_but_one_without_it() {
        let limits = Limits::for_summary();
        let both = png(&[chunk(b"tEXt", b"prompt\0{}"), chunk(b"tEXt", b"workflow\0{}")]);
        let alone = png(&[chunk(b"tEXt", b"workflow\0{}"), chunk(b"IEND", b"")]);
        assert_eq!(read(both.path(), &limits).unwrap().workflow(), None);
        assert_eq!(read(both.path(), &Limits::default()).unwrap().workflow().unwrap(), "{}");
        assert_eq!(read(alone.path(), &limits).unwrap().workflow().unwrap(), "{}");
    }

    #[test]
    fn i_bombs_and_lies_about_lengths_cost_only_the_text() {
        let bomb = packed(&vec![b'a'; 40 << 20]);
        let mut lie = chunk(b"tEXt", b"x\0y");
        lie[..4].copy_from_slice(&u32::MAX.to_be_bytes());
        let file = png(&[
            chunk(b"tEXt", b"ok\0kept"),
            chunk(b"zTXt", &[b"big\0\0", &bomb[..]].concat()),
            chunk(b"zTXt", b"broken\0\0not zlib"),
            chunk(b"tEXt", b"no separator"),
            chunk(b"iTXt", b"short\0"),
            lie,
        ]);
        let found = read(file.path(), &Limits::default()).unwrap();
        assert_eq!(found.texts, [("ok".to_owned(), "kept".to_owned())]);
    }

    #[test]
    fn i_a_million_chunks_end_at_the_limit() {
        let many = chunk(b"tEXt", b"k\0v").repeat(50_000);
        let file = png(&[many]);
        let limits = Limits { most_parts: 1000, ..Limits::default() };
        assert!(read(file.path(), &limits).unwrap().texts.len() < 1000);
    }

    #[test]
    fn a_truncated_file_and_an_empty_one_have_no_texts() {
        for bytes in
            [&b""[..], b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8", b"RIFF"]
        {
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(bytes).unwrap();
            assert!(read(file.path(), &Limits::default()).unwrap().texts.is_empty());
        }
    }
}
