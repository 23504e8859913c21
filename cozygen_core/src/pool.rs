//! The core's own threads: bounded, named, low priority, never a global pool.

use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// How far below the host's own threads the core's are placed.
#[cfg(unix)]
const NICENESS: i32 = 10;

/// Lower the priority of the calling thread so that generation goes first.
///
/// A system that refuses leaves the thread as it is.
pub fn lower_priority() {
    #[cfg(target_os = "linux")]
    // SAFETY: plain system calls; 0 means the calling thread on Linux.
    unsafe {
        libc::setpriority(libc::PRIO_PROCESS, 0, NICENESS);
    }
    #[cfg(target_os = "macos")]
    // SAFETY: a plain call that concerns the calling thread only.
    unsafe {
        libc::pthread_set_qos_class_self_np(libc::qos_class_t::QOS_CLASS_UTILITY, 0);
    }
    #[cfg(windows)]
    // SAFETY: the pseudo handle of the current thread is always valid.
    unsafe {
        use windows_sys::Win32::System::Threading as threading;
        let thread = threading::GetCurrentThread();
        threading::SetThreadPriority(thread, threading::THREAD_PRIORITY_BELOW_NORMAL);
    }
}

/// Give back to the system what the allocator keeps for later: after work that
/// needed much more memory than will be needed again soon.
pub fn return_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: a plain call into the allocator, allowed at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Cores of this machine.
#[must_use]
pub fn cores() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

/// The pool of one process; a forked child makes its own.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// The background pool, started when first asked for: half of the cores.
///
/// # Errors
/// When the system has no thread left to give.
pub fn background() -> Result<Arc<ThreadPool>, ThreadPoolBuildError> {
    let mut slot = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some((owner, pool)) = slot.as_ref()
        && *owner == process
    {
        return Ok(Arc::clone(pool));
    }
    let pool = Arc::new(build(cores().div_ceil(2))?);
    // The threads of a parent do not exist in its child: its pool is leaked,
    // for dropping it would wait for them.
    if let Some(inherited) = slot.replace((process, Arc::clone(&pool))) {
        std::mem::forget(inherited);
    }
    Ok(pool)
}

fn build(threads: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("cozygen-core-{index}"))
        .start_handler(|_| lower_priority())
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pool_is_shared_and_its_threads_are_named() {
        let (first, second) = (background().unwrap(), background().unwrap());
        assert!(Arc::ptr_eq(&first, &second));
        let name = first.install(|| std::thread::current().name().map(str::to_owned));
        assert!(name.unwrap().starts_with("cozygen-core-"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn its_threads_give_way_to_the_host() {
        // SAFETY: a plain system call.
        let niceness = || unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) };
        assert!(background().unwrap().install(niceness) > niceness());
    }
}
