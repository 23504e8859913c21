//! Binding of [`crate::tags`].

use std::io;
use std::path::{Path, PathBuf};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::errors::{IndexCorruptError, TooLargeError, UnsupportedFormatError, guarded};
use crate::tags::{
    self, Hit, Index, Limits, Nsfw, Options, Scheme, Sort, Source, SourceReport, TagError, Tier,
    Verdict, Via,
};

/// Add the classes to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<TagIndex>()?;
    module.add_class::<TagPage>()?;
    module.add_class::<TagHit>()?;
    module.add_class::<TagVerdict>()?;
    module.add_class::<TagListReport>()?;
    module.add_class::<TagMask>()?;
    module.add_class::<TagProgress>()?;
    module.add_function(wrap_pyfunction!(normal_tag, module)?)
}

impl From<TagError> for PyErr {
    fn from(error: TagError) -> Self {
        let message = error.to_string();
        match error {
            TagError::Io { source, .. } => io::Error::new(source.kind(), message).into(),
            TagError::TooLarge { .. } | TagError::TooMany { .. } => TooLargeError::new_err(message),
            TagError::Unsupported { .. } => UnsupportedFormatError::new_err(message),
            TagError::Corrupt { .. } => IndexCorruptError::new_err(message),
        }
    }
}

/// The normal form of a tag.
#[pyfunction]
pub fn normal_tag(text: &str) -> String {
    tags::normal(text)
}

/// A set of tags of one index.
#[pyclass(frozen, module = "cozygen_core")]
pub struct TagMask(tags::TagMask);

/// A tag that was found.
#[pyclass(frozen, get_all, module = "cozygen_core")]
pub struct TagHit {
    tag: String,
    count: u32,
    category: String,
    sources: Vec<String>,
    alias: Option<String>,
    #[pyo3(name = "match")]
    tier: &'static str,
    via: Option<&'static str>,
    nsfw: bool,
    note: Option<String>,
    insert: Option<String>,
}

/// One answer of a search.
#[pyclass(frozen, get_all, module = "cozygen_core")]
pub struct TagPage {
    hits: Vec<Py<TagHit>>,
    total: usize,
    more: bool,
}

/// Whether a text is a tag.
#[pyclass(frozen, get_all, module = "cozygen_core")]
pub struct TagVerdict {
    valid: bool,
    canonical: Option<String>,
    suggestions: Vec<String>,
}

/// What became of one list.
#[pyclass(frozen, get_all, module = "cozygen_core")]
pub struct TagListReport {
    label: String,
    format: String,
    tags: usize,
    links: usize,
    repeated: usize,
    skipped: usize,
    examples: Vec<(usize, String, String)>,
    error: String,
}

/// How far a build is; another thread may look.
#[pyclass(frozen, module = "cozygen_core")]
pub struct TagProgress(tags::Progress);

#[pymethods]
impl TagProgress {
    #[new]
    fn new() -> Self {
        Self(tags::Progress::default())
    }

    /// From 0 to 1.
    #[getter]
    fn share(&self) -> f32 {
        self.0.share()
    }
}

/// A compiled tag list.
#[pyclass(frozen, module = "cozygen_core")]
pub struct TagIndex(Index);

#[pymethods]
impl TagIndex {
    /// Build from (path, label, scheme) triples, the preferred list first.
    #[staticmethod]
    #[pyo3(signature = (sources, *, cache_path=None, fingerprint="", list_bytes=268_435_456, progress=None))]
    fn build(
        py: Python<'_>,
        sources: Vec<(PathBuf, String, Option<String>)>,
        cache_path: Option<PathBuf>,
        fingerprint: &str,
        list_bytes: u64,
        progress: Option<&TagProgress>,
    ) -> PyResult<Self> {
        let sources = sources.into_iter().map(source).collect::<PyResult<Vec<_>>>()?;
        let limits = Limits { list_bytes };
        let unseen = TagProgress::new();
        let progress = &progress.unwrap_or(&unseen).0;
        let cache = cache_path.as_deref();
        guarded(py, || tags::build(&sources, limits, fingerprint, cache, progress)).map(Self)
    }

    /// Map a compiled list.
    #[staticmethod]
    fn open(py: Python<'_>, cache_path: PathBuf) -> PyResult<Self> {
        guarded(py, || Index::open(Path::new(&cache_path))).map(Self)
    }

    /// Find tags.
    #[pyo3(signature = (q, *, limit=80, offset=0, count_to=0, categories=vec![], sources=vec![],
                        nsfw="hide", sort="relevance", min_count=0, only=None, literal=false))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of the Python face")]
    fn search(
        &self,
        py: Python<'_>,
        q: &str,
        limit: usize,
        offset: usize,
        count_to: usize,
        categories: Vec<String>,
        sources: Vec<String>,
        nsfw: &str,
        sort: &str,
        min_count: u32,
        only: Option<&TagMask>,
        literal: bool,
    ) -> PyResult<TagPage> {
        let categories: Vec<&str> = categories.iter().map(String::as_str).collect();
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        let options = Options {
            limit,
            offset,
            count_to,
            categories: &categories,
            sources: &sources,
            nsfw: nsfw_named(nsfw)?,
            sort: sort_named(sort)?,
            min_count,
            only: only.map(|mask| &mask.0),
            literal,
        };
        let page = guarded(py, || Ok::<_, PyErr>(self.0.search(q, &options)))?;
        let hits = page.hits.into_iter().map(|hit| Py::new(py, self.hit(hit)));
        Ok(TagPage { hits: hits.collect::<PyResult<_>>()?, total: page.total, more: page.more })
    }

    /// Judge texts.
    fn validate(&self, py: Python<'_>, texts: Vec<String>) -> PyResult<Vec<TagVerdict>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let verdicts = guarded(py, || Ok::<_, PyErr>(self.0.validate(&texts)))?;
        Ok(verdicts.into_iter().map(verdict).collect())
    }

    /// The tag that each text names.
    fn resolve(&self, py: Python<'_>, texts: Vec<String>) -> PyResult<Vec<Option<String>>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let names = guarded(py, || Ok::<_, PyErr>(self.0.resolve(&texts)))?;
        Ok(names.into_iter().map(|name| name.map(str::to_owned)).collect())
    }

    /// The set of the tags with these names or aliases.
    fn mask(&self, py: Python<'_>, names: Vec<String>) -> PyResult<TagMask> {
        let names = names.iter().map(String::as_str);
        guarded(py, || Ok::<_, PyErr>(self.0.mask(names))).map(TagMask)
    }

    /// Name, harmless and explicit tags of each category.
    fn categories(&self) -> Vec<(String, usize, usize)> {
        let all = self.0.categories().into_iter();
        all.map(|(name, harmless, explicit)| (name.to_owned(), harmless, explicit)).collect()
    }

    /// What became of each list.
    fn reports(&self) -> Vec<TagListReport> {
        self.0.meta().reports.iter().map(report).collect()
    }

    /// Labels of the lists, the preferred one first.
    #[getter]
    fn sources(&self) -> Vec<String> {
        self.0.meta().sources.clone()
    }

    /// What `build` was given.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.0.meta().fingerprint
    }

    /// Bytes of the compiled list.
    #[getter]
    fn size(&self) -> usize {
        self.0.size()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}

impl TagIndex {
    fn hit(&self, hit: Hit) -> TagHit {
        let meta = self.0.meta();
        let labels = meta.sources.iter().enumerate();
        let labels = labels.filter(|(i, _)| hit.sources >> i & 1 == 1);
        let (note, insert) = if hit.chant { (None, hit.note) } else { (hit.note, None) };
        TagHit {
            tag: hit.tag,
            count: hit.count,
            category: meta.categories.get(usize::from(hit.category)).cloned().unwrap_or_default(),
            sources: labels.map(|(_, label)| label.clone()).collect(),
            alias: hit.alias,
            tier: tier_name(hit.tier),
            via: via_name(hit.via),
            nsfw: hit.nsfw,
            note,
            insert,
        }
    }
}

fn source((path, label, scheme): (PathBuf, String, Option<String>)) -> PyResult<Source> {
    let scheme = match scheme.as_deref() {
        None => None,
        Some(name) => Some(Scheme::by_name(name).ok_or_else(|| {
            PyValueError::new_err(format!("no category scheme is called {name:?}"))
        })?),
    };
    Ok(Source { path, label, scheme })
}

fn nsfw_named(name: &str) -> PyResult<Nsfw> {
    match name {
        "hide" => Ok(Nsfw::Hide),
        "show" | "blur" => Ok(Nsfw::Show),
        _ => Err(PyValueError::new_err("nsfw takes show, blur or hide")),
    }
}

fn sort_named(name: &str) -> PyResult<Sort> {
    match name {
        "relevance" => Ok(Sort::Relevance),
        "count" => Ok(Sort::Count),
        "name" | "alpha" => Ok(Sort::Name),
        _ => Err(PyValueError::new_err("sort takes relevance, count or name")),
    }
}

fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "exact",
        Tier::Prefix => "prefix",
        Tier::Words => "words",
        Tier::Inside => "inside",
        Tier::Typo => "typo",
    }
}

fn via_name(via: Via) -> Option<&'static str> {
    Some(match via {
        Via::Literal => return None,
        Via::Wildcard => "wildcard",
        Via::Initials => "initials",
        Via::Subsequence => "subsequence",
        Via::SomeWords => "some_words",
        Via::Spelling => "spelling",
    })
}

fn verdict(verdict: Verdict) -> TagVerdict {
    let (valid, canonical, suggestions) = match verdict {
        Verdict::Valid => (true, None, vec![]),
        Verdict::Alias(name) => (true, Some(name), vec![]),
        Verdict::Unknown(names) => (false, None, names),
    };
    TagVerdict { valid, canonical, suggestions }
}

fn report(report: &SourceReport) -> TagListReport {
    let examples = report.examples.iter();
    TagListReport {
        label: report.label.clone(),
        format: report.format.clone(),
        tags: report.tags,
        links: report.links,
        repeated: report.repeated,
        skipped: report.skipped,
        examples: examples.map(|e| (e.line, e.why.clone(), e.row.clone())).collect(),
        error: report.error.clone(),
    }
}
