//! What a person wants to know of a picture's making.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Metadata, a1111, graph};

/// Longer prompts are cut here for lists; the file keeps them whole.
const LONGEST_PROMPT: usize = 32 << 10;
/// No real picture has more.
const MOST_NAMES: usize = 64;

/// The making of a picture; serialises to the API's `Meta`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// A graph or parameters are there.
    pub has_prompt: bool,
    /// The positive prompt.
    pub prompt: Option<String>,
    /// The negative prompt.
    pub negative: Option<String>,
    /// Models, the main one first.
    pub models: Vec<String>,
    /// LoRA names with strengths.
    pub loras: Vec<(String, f64)>,
    /// As text: seeds go beyond what JavaScript counts.
    pub seed: Option<String>,
    /// The sampler's name.
    pub sampler: Option<String>,
    /// The scheduler's name.
    pub scheduler: Option<String>,
    /// Steps.
    pub steps: Option<u64>,
    /// Guidance.
    pub cfg: Option<f64>,
    /// Who wrote it: `comfyui`, `a1111`.
    pub source: &'static str,
    /// The program and its version.
    pub tool: Option<String>,
    /// A text was cut.
    pub truncated: bool,
}

impl Summary {
    /// Summarise what a file holds; `None` when it holds nothing of the kind.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let prompt = metadata.prompt_graph();
        let from_graph = prompt.as_ref().map(graph::summary);
        let from_text = || metadata.text("parameters").map(a1111::summary);
        let mut summary = from_graph.or_else(from_text).or_else(|| {
            metadata.workflow().map(|_| Self { source: "comfyui", ..Self::default() })
        })?;
        summary.has_prompt = prompt.is_some() || summary.prompt.is_some();
        summary.shorten();
        Some(summary)
    }

    /// LoRAs that the prompt's own words name: `<lora:name:0.8>`.
    pub fn add_loras_in_prompt(&mut self) {
        let Some(prompt) = self.prompt.clone() else { return };
        for part in prompt.split("<lora:").skip(1) {
            let Some((inside, _)) = part.split_once('>') else { continue };
            let mut fields = inside.split(':');
            let name = fields.next().unwrap_or_default().trim();
            let strength = fields.next().and_then(|text| text.trim().parse().ok()).unwrap_or(1.0);
            self.add_lora(name, strength);
        }
    }

    /// Add a LoRA once.
    pub fn add_lora(&mut self, name: &str, strength: f64) {
        let usable = !name.is_empty() && !name.eq_ignore_ascii_case("none");
        if usable && !self.loras.iter().any(|(known, _)| known == name) {
            self.loras.push((name.to_owned(), strength));
        }
    }

    /// Add a model once.
    pub fn add_model(&mut self, name: &str) {
        if !name.is_empty() && !self.models.iter().any(|known| known == name) {
            self.models.push(name.to_owned());
        }
    }

    fn shorten(&mut self) {
        self.models.truncate(MOST_NAMES);
        self.loras.truncate(MOST_NAMES);
        for text in [&mut self.prompt, &mut self.negative].into_iter().flatten() {
            if text.len() > LONGEST_PROMPT {
                let end = (0..=LONGEST_PROMPT).rev().find(|at| text.is_char_boundary(*at));
                text.truncate(end.unwrap_or(0));
                text.push('…');
                self.truncated = true;
            }
        }
    }

    /// The JSON of the API's `Meta`.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<&str> = self.loras.iter().map(|(name, _)| name.as_str()).collect();
        let strengths: serde_json::Map<String, serde_json::Value> =
            self.loras.iter().map(|(name, by)| (name.clone(), (*by).into())).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("has_prompt", &self.has_prompt)?;
        map.serialize_entry("prompt", &self.prompt)?;
        map.serialize_entry("negative", &self.negative)?;
        map.serialize_entry("model", &self.models.first())?;
        map.serialize_entry("models", &self.models)?;
        map.serialize_entry("loras", &names)?;
        map.serialize_entry("lora_strengths", &strengths)?;
        map.serialize_entry("seed", &self.seed)?;
        map.serialize_entry("sampler", &self.sampler)?;
        map.serialize_entry("scheduler", &self.scheduler)?;
        map.serialize_entry("steps", &self.steps)?;
        map.serialize_entry("cfg", &self.cfg)?;
        map.serialize_entry("source", self.source)?;
        if let Some(tool) = &self.tool {
            map.serialize_entry("tool", tool)?;
        }
        if self.truncated {
            map.serialize_entry("truncated", &true)?;
        }
        map.end()
    }
}
