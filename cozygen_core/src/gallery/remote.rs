//! File systems that accept watches and then stay silent.

/// NFS, SMB, SMB2, CIFS, 9P, and the bridge of WSL.
#[cfg(target_os = "linux")]
fn is_silent(kind: i64) -> bool {
    matches!(kind, 0x6969 | 0x517B | 0xFE53_4D42 | 0xFF53_4D42 | 0x0102_1997 | 0x5346_414F)
}

/// Network file systems and bridges to other systems accept watches and then
/// stay silent.
#[cfg(target_os = "linux")]
pub fn is_remote(place: &std::path::Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let Ok(name) = std::ffi::CString::new(place.as_os_str().as_bytes()) else { return false };
    let mut found = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: the name ends with a zero and the call fills the struct when it returns 0.
    let found = unsafe {
        if libc::statfs(name.as_ptr(), found.as_mut_ptr()) != 0 {
            return false;
        }
        found.assume_init()
    };
    #[allow(clippy::unnecessary_cast, reason = "the type differs between systems")]
    is_silent(found.f_type as i64)
}

/// Elsewhere the system says itself when it cannot watch.
#[cfg(not(target_os = "linux"))]
pub fn is_remote(_: &std::path::Path) -> bool {
    false
}
