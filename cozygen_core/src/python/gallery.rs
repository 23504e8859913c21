//! Bindings of the gallery index.

use std::path::PathBuf;
use std::time::Duration;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::errors::{CoreError, IndexCorruptError, guarded};
use crate::gallery::answer::Request;
use crate::gallery::error::GalleryError;
use crate::gallery::index::{Index, Options};
use crate::gallery::item::{self, Fields};
use crate::gallery::kind::Kind;
use crate::gallery::metadata::{self, Limits, Metadata};
use crate::gallery::names;
use crate::gallery::roots::Roots;
use crate::gallery::row::FileStat;
use crate::gallery::scope::Sort;

pyo3::create_exception!(
    cozygen_core,
    GenerationGoneError,
    CoreError,
    "The generation asked for is no longer kept."
);

impl From<GalleryError> for PyErr {
    fn from(error: GalleryError) -> Self {
        match error {
            GalleryError::Io { path, source } => {
                let code = source.raw_os_error().unwrap_or(0);
                PyOSError::new_err((code, source.to_string(), path))
            }
            GalleryError::Corrupt { .. } => IndexCorruptError::new_err(error.to_string()),
            GalleryError::Reset => GenerationGoneError::new_err(error.to_string()),
            _ => CoreError::new_err(error.to_string()),
        }
    }
}

/// A page: items as a JSON array, and what it is a page of.
#[pyclass(frozen, get_all, module = "cozygen_core")]
pub struct GalleryPage {
    items: Py<PyBytes>,
    total: usize,
    offset: usize,
    generation: u64,
}

/// The index of one library.
#[pyclass(frozen, module = "cozygen_core")]
pub struct GalleryIndex {
    index: Index,
}

type Spans = Option<Vec<usize>>;

#[pymethods]
impl GalleryIndex {
    #[new]
    #[pyo3(signature = (roots, cache=None, *, kind="output", linked=Vec::new(), watch=true, force_polling=false))]
    fn new(
        py: Python<'_>,
        roots: Vec<(String, PathBuf)>,
        cache: Option<PathBuf>,
        kind: &str,
        linked: Vec<PathBuf>,
        watch: bool,
        force_polling: bool,
    ) -> PyResult<Self> {
        let kind = known_kind(kind)?;
        let options = Options { kind, cache, watch, force_polling, ..Options::default() };
        let index = guarded(py, || Index::open(Roots::new(roots, linked), options))?;
        Ok(Self { index })
    }

    fn start(&self, py: Python<'_>) -> PyResult<()> {
        guarded(py, || self.index.start())
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        guarded(py, || {
            self.index.close();
            Ok::<_, GalleryError>(())
        })
    }

    fn wait_ready(&self, py: Python<'_>, timeout_s: f64) -> PyResult<bool> {
        let timeout = seconds(timeout_s)?;
        guarded(py, || Ok::<_, GalleryError>(self.index.wait_ready(timeout)))
    }

    fn wait_idle(&self, py: Python<'_>, timeout_s: f64) -> PyResult<bool> {
        let timeout = seconds(timeout_s)?;
        guarded(py, || Ok::<_, GalleryError>(self.index.wait_idle(timeout)))
    }

    fn next_event(&self, py: Python<'_>, timeout_s: f64) -> PyResult<Option<String>> {
        let timeout = seconds(timeout_s)?;
        guarded(py, || Ok::<_, GalleryError>(self.index.next_event(timeout)))
    }

    fn pause(&self, paused: bool) {
        self.index.pause(paused);
    }

    #[pyo3(signature = (folders=Vec::new()))]
    fn rescan(&self, folders: Vec<PathBuf>) {
        self.index.rescan(folders.iter().map(|path| names::to_bytes(path.as_os_str())).collect());
    }

    #[getter]
    fn generation(&self, py: Python<'_>) -> PyResult<u64> {
        guarded(py, || Ok::<_, GalleryError>(self.index.generation()))
    }

    #[getter]
    fn revision(&self) -> u64 {
        self.index.revision()
    }

    fn status(&self, py: Python<'_>) -> PyResult<String> {
        guarded(py, || Ok::<_, GalleryError>(self.index.status().to_json().to_string()))
    }

    #[pyo3(signature = (folder, *, recursive=false, hidden=false, kind="all", sort="newest", offset=0,
        limit=100, generation=None, around=None, fields="", meta=false))]
    #[allow(clippy::too_many_arguments, reason = "named arguments in Python")]
    fn page(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        recursive: bool,
        hidden: bool,
        kind: &str,
        sort: &str,
        offset: usize,
        limit: usize,
        generation: Option<u64>,
        around: Option<&str>,
        fields: &str,
        meta: bool,
    ) -> PyResult<Option<GalleryPage>> {
        let mut request = listing(folder, recursive, hidden, kind)?;
        request.sort = Sort::parse(sort).ok_or_else(|| unknown("sort"))?;
        request.fields = Fields::parse(fields).ok_or_else(|| unknown("field"))?;
        request.around = around.and_then(item::parse_id);
        (request.offset, request.limit, request.generation) = (offset, limit, generation);
        let page = guarded(py, || self.index.page(&request, meta))?;
        Ok(page.map(|page| GalleryPage {
            items: PyBytes::new(py, &page.items).unbind(),
            total: page.total,
            offset: page.offset,
            generation: page.generation,
        }))
    }

    fn item<'py>(&self, py: Python<'py>, item_id: &str) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let Some(id) = item::parse_id(item_id) else { return Ok(None) };
        Ok(guarded(py, || self.index.item(id))?.map(|json| PyBytes::new(py, &json)))
    }

    fn locate(&self, py: Python<'_>, item_id: &str) -> PyResult<Option<(PathBuf, PathBuf)>> {
        let Some(id) = item::parse_id(item_id) else { return Ok(None) };
        let found = guarded(py, || Ok::<_, GalleryError>(self.index.locate(id)))?;
        Ok(found.map(|(path, place)| (names::from_bytes(&path).into(), place)))
    }

    fn find(&self, py: Python<'_>, folder: PathBuf, name: PathBuf) -> PyResult<Option<String>> {
        let folder = names::to_bytes(folder.as_os_str());
        let name = names::to_bytes(name.as_os_str());
        let found = guarded(py, || Ok::<_, GalleryError>(self.index.find(&folder, &name)))?;
        Ok(found.map(item::id_text))
    }

    #[pyo3(signature = (folder, *, recursive=true, hidden=false, kind="all"))]
    fn ids(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        recursive: bool,
        hidden: bool,
        kind: &str,
    ) -> PyResult<Vec<String>> {
        let request = listing(folder, recursive, hidden, kind)?;
        let ids = guarded(py, || self.index.ids(&request))?;
        Ok(ids.into_iter().map(item::id_text).collect())
    }

    #[pyo3(signature = (folder, *, recursive=true, hidden=false, kind="all"))]
    fn extent(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        recursive: bool,
        hidden: bool,
        kind: &str,
    ) -> PyResult<Option<(i64, i64)>> {
        let request = listing(folder, recursive, hidden, kind)?;
        guarded(py, || self.index.extent(&request))
    }

    #[pyo3(signature = (folder, borders, *, recursive=true, hidden=false, kind="all"))]
    fn spans(
        &self,
        py: Python<'_>,
        folder: PathBuf,
        borders: Vec<i64>,
        recursive: bool,
        hidden: bool,
        kind: &str,
    ) -> PyResult<Spans> {
        let request = listing(folder, recursive, hidden, kind)?;
        guarded(py, || self.index.spans(&request, &borders))
    }
}

/// The `v` of a file's URLs: another size or time gives another one.
#[pyfunction]
pub fn media_version(size: u64, mtime_ns: i64) -> String {
    let stat = FileStat { size, mtime_ns, inode: 0 };
    format!("{:x}", crate::gallery::version_of(stat))
}

/// Everything that a media file says of itself, as JSON.
#[pyfunction]
pub fn read_metadata<'py>(py: Python<'py>, path: PathBuf) -> PyResult<Bound<'py, PyBytes>> {
    let json = guarded(py, || {
        let found = metadata::read(&path, &Limits::default())?;
        Ok::<_, GalleryError>(metadata_json(&found))
    })?;
    Ok(PyBytes::new(py, json.as_bytes()))
}

/// Graphs are spliced in as the file's own text, so that no digit is lost.
fn metadata_json(found: &Metadata) -> String {
    let raw = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
    let map = found.text("cozygen_prompt_raw").map(|text| metadata::tolerant(text).into_owned());
    let map = map.filter(|text| serde_json::from_str::<serde_json::Value>(text).is_ok());
    let parameters = found.text("parameters").map(item::json_string);
    format!(
        "{{\"width\":{},\"height\":{},\"prompt\":{},\"workflow\":{},\"cozygen_prompt_raw\":{},\
         \"parameters\":{},\"summary\":{}}}",
        found.width,
        found.height,
        raw(found.prompt()),
        raw(found.workflow()),
        raw(map),
        raw(parameters),
        raw(found.summary().map(|summary| summary.to_json())),
    )
}

fn listing(folder: PathBuf, recursive: bool, hidden: bool, kind: &str) -> PyResult<Request> {
    let kind = match kind {
        "all" => None,
        "image" => Some(Kind::Image),
        "video" => Some(Kind::Video),
        "audio" => Some(Kind::Audio),
        _ => return Err(unknown("kind")),
    };
    Ok(Request {
        folder: names::to_bytes(folder.as_os_str()),
        recursive,
        hidden,
        kind,
        sort: Sort::NEWEST,
        offset: 0,
        limit: 0,
        generation: None,
        around: None,
        fields: Fields::default(),
    })
}

fn known_kind(kind: &str) -> PyResult<&'static str> {
    ["output", "input"].into_iter().find(|known| *known == kind).ok_or_else(|| unknown("kind"))
}

fn unknown(what: &str) -> PyErr {
    PyValueError::new_err(format!("there is no such {what}"))
}

fn seconds(value: f64) -> PyResult<Duration> {
    Duration::try_from_secs_f64(value).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Add the classes and functions to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<GalleryIndex>()?;
    module.add_class::<GalleryPage>()?;
    module.add("GenerationGoneError", module.py().get_type::<GenerationGoneError>())?;
    module.add_function(wrap_pyfunction!(media_version, module)?)?;
    module.add_function(wrap_pyfunction!(read_metadata, module)?)
}
