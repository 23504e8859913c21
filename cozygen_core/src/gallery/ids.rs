//! The identity of a new file.

use xxhash_rust::xxh3::xxh3_64;

/// The id that a file gets if it is free: above, a hash of its place without the
/// number in its name, below, the number. Files of one series lie side by side
/// in the cache on disk then, and are written as fast as they are read; hashes
/// of whole paths would touch another page of a large cache for every file.
pub fn serial_id(folder_path: &[u8], name: &[u8]) -> u64 {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let stem = name.iter().rposition(|byte| *byte == b'.').unwrap_or(name.len());
    let end = name[..stem].iter().rposition(is_digit).map_or(0, |last| last + 1);
    let start = name[..end].iter().rposition(|byte| !is_digit(byte)).map_or(0, |at| at + 1);
    let series = xxh3_64(&[folder_path, b"/", &name[..start], b"\0", &name[end..]].concat());
    if start == end {
        return series;
    }
    let digits = name[start..end].iter().map(|digit| u32::from(digit - b'0'));
    let number = digits.fold(0u32, |sum, digit| sum.wrapping_mul(10).wrapping_add(digit));
    series & !u64::from(u32::MAX) | u64::from(number)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::catalog::Catalog;
    use super::super::row::FileStat;

    #[test]
    fn files_of_a_series_have_neighbouring_ids_and_all_ids_differ() {
        let mut catalog = Catalog::new();
        let mut id = |folder: &[u8], name: &[u8]| {
            let (number, id) = (catalog.ensure_path(folder), catalog.fresh_id(folder, name));
            catalog.add_file(number, name, id, FileStat { size: 1, mtime_ns: 2, inode: 3 });
            id
        };
        let first = id(b"a", b"ComfyUI_00001_.png");
        assert_eq!(id(b"a", b"ComfyUI_00002_.png"), first + 1);
        assert_eq!(id(b"a", b"ComfyUI_00010_.png"), first + 9);
        // The same number written otherwise, or one that begins again, is another file.
        let others: [(&[u8], &[u8]); 7] = [
            (b"a", b"ComfyUI_1_.png"),
            (b"a", b"ComfyUI_4294967297_.png"),
            (b"b", b"ComfyUI_00001_.png"),
            (b"a", b"ComfyUI_00001_.jpg"),
            (b"a", b"ComfyUI_.png"),
            (b"a", b"123"),
            (b"a", b""),
        ];
        let ids: HashSet<u64> =
            others.iter().map(|(folder, name)| id(folder, name)).chain([first]).collect();
        assert_eq!(ids.len(), 8);
    }
}
