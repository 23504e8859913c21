//! Summing up a ComfyUI graph: from the sampler that made the picture along
//! its inputs to prompts and numbers, and to the models that `models` reads.

use std::collections::HashSet;

use serde_json::Value;

use super::models::{loras_of, model_chain, models_of};
use super::node::{Graph, Link, Node, link};
use super::summary::Summary;

const TEXT_NAMES: [&str; 10] = [
    "text",
    "prompt",
    "text_g",
    "text_l",
    "t5xxl",
    "clip_l",
    "clip_g",
    "positive_prompt",
    "string",
    "wildcard_text",
];
/// Classes that write or show the result, by a part of their name.
const OUTPUTS: [&str; 7] =
    ["saveimage", "save", "cozygenoutput", "videooutput", "combine", "previewimage", "output"];

/// Which side of the guidance a conditioning is on.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Positive,
    Negative,
}

/// Sum up a graph in API format; anything else gives an empty summary.
pub fn summary(graph: &Value) -> Summary {
    let mut summary = Summary { source: "comfyui", ..Summary::default() };
    let Some(nodes) = graph.as_object() else { return summary };
    let graph = Graph(nodes);
    match sampler(graph) {
        Some(sampler) => from_sampler(graph, sampler, &mut summary),
        None => numbers_anywhere(graph, &mut summary),
    }
    fill_gaps(graph, &mut summary);
    summary.add_loras_in_prompt();
    summary
}

/// A node that writes or shows the result.
fn saving(graph: Graph<'_>) -> Option<Node<'_>> {
    OUTPUTS.iter().find_map(|word| graph.nodes().find(|node| node.is_a(word)))
}

/// The sampler nearest to a node that saves, else any sampler.
fn sampler(graph: Graph<'_>) -> Option<Node<'_>> {
    let nearest =
        saving(graph).and_then(|start| graph.upstream(start).into_iter().find(|n| is_sampler(*n)));
    nearest.or_else(|| graph.nodes().find(|node| is_sampler(*node)))
}

fn is_sampler(node: Node<'_>) -> bool {
    let samples = node.is_a("sampler") || node.is_a("detailer") || node.is_a("upscale");
    samples && (node.linked("positive").is_some() || node.linked("guider").is_some())
}

fn from_sampler<'a>(graph: Graph<'a>, sampler: Node<'a>, summary: &mut Summary) {
    let around = helpers(graph, sampler);
    for node in &around {
        numbers(graph, *node, summary);
    }
    let conditioning = |name: &str| around.iter().find_map(|node| node.linked(name));
    if let Some(link) = conditioning("positive").or_else(|| conditioning("conditioning")) {
        summary.prompt = prompt(graph, link, Side::Positive);
    }
    if let Some(link) = conditioning("negative") {
        summary.negative = prompt(graph, link, Side::Negative);
    }
    if let Some(link) = conditioning("model") {
        model_chain(graph, link, summary);
    }
}

/// The sampler with the small nodes that hold its settings.
fn helpers<'a>(graph: Graph<'a>, sampler: Node<'a>) -> Vec<Node<'a>> {
    let names = ["noise", "guider", "sampler", "sigmas", "basic_pipe", "pipe"];
    let linked = names.iter().filter_map(|name| graph.node(sampler.linked(name)?.node));
    std::iter::once(sampler).chain(linked).collect()
}

fn numbers<'a>(graph: Graph<'a>, node: Node<'a>, summary: &mut Summary) {
    let get = |name: &str| graph.literal_input(node, name);
    let text = |name: &str| get(name).and_then(Value::as_str).map(str::to_owned);
    let seed = || get("seed").or_else(|| get("noise_seed")).and_then(seed_text);
    summary.seed = summary.seed.take().or_else(seed);
    summary.steps = summary.steps.or_else(|| get("steps").and_then(Value::as_u64));
    let cfg = || get("cfg").or_else(|| get("guidance")).and_then(Value::as_f64);
    summary.cfg = summary.cfg.or_else(cfg);
    summary.sampler = summary.sampler.take().or_else(|| text("sampler_name"));
    summary.scheduler = summary.scheduler.take().or_else(|| text("scheduler"));
}

fn seed_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        Value::String(text) if text.trim().parse::<u64>().is_ok() => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// Texts of the encoders that a conditioning comes from.
fn prompt(graph: Graph<'_>, start: Link<'_>, side: Side) -> Option<String> {
    let mut texts = Vec::new();
    collect_texts(graph, start, side, &mut HashSet::new(), &mut texts);
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn collect_texts<'a>(
    graph: Graph<'a>,
    link: Link<'a>,
    side: Side,
    seen: &mut HashSet<(&'a str, u64)>,
    texts: &mut Vec<String>,
) {
    let Some(node) = graph.node(link.node) else { return };
    if !seen.insert((node.id, link.slot)) || seen.len() > 1000 || node.is_a("zeroout") {
        return;
    }
    if let Some(text) = own_text(graph, node) {
        if !texts.contains(&text) {
            texts.push(text);
        }
        return;
    }
    for (name, value) in node.inputs() {
        if let Some(next) = self::link(value).filter(|_| leads_on(node, name, link.slot, side)) {
            collect_texts(graph, next, side, seen, texts);
        }
    }
}

fn own_text<'a>(graph: Graph<'a>, node: Node<'a>) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for name in TEXT_NAMES {
        if let Some(text) = graph.text_input(node, name).filter(|text| !parts.contains(text)) {
            parts.push(text);
        }
    }
    (!parts.is_empty()).then(|| parts.join(" / "))
}

/// Which inputs of a node that passes conditionings on belong to our side:
/// nodes with both sides hand out the positive first.
fn leads_on(node: Node<'_>, name: &str, slot: u64, side: Side) -> bool {
    let both = node.linked("positive").is_some() && node.linked("negative").is_some();
    let wanted = if both && slot == 1 {
        Side::Negative
    } else if both {
        Side::Positive
    } else {
        side
    };
    match name {
        "positive" | "positive_conditioning" => wanted == Side::Positive,
        "negative" | "negative_conditioning" => wanted == Side::Negative,
        "clip" | "model" | "vae" | "image" | "latent_image" | "control_net" => false,
        _ => true,
    }
}

fn numbers_anywhere(graph: Graph<'_>, summary: &mut Summary) {
    for node in graph.nodes().filter(|node| node.is_a("sampler") || node.is_a("noise")) {
        numbers(graph, node, summary);
    }
}

/// What the walk did not reach is looked for in the whole graph.
fn fill_gaps(graph: Graph<'_>, summary: &mut Summary) {
    if summary.prompt.is_none() && summary.negative.is_none() {
        let encoders = graph.nodes().filter(|node| node.is_a("textencode"));
        summary.prompt = encoders.filter_map(|node| own_text(graph, node)).max_by_key(String::len);
    }
    if summary.models.is_empty() {
        graph.nodes().filter(|node| node.is_a("loader")).for_each(|n| models_of(graph, n, summary));
    }
    if summary.loras.is_empty() {
        graph.nodes().for_each(|node| loras_of(graph, node, summary));
    }
    for node in graph.nodes().filter(|node| node.is_a("input")) {
        cozygen_input(graph, node, summary);
    }
    if summary.prompt.is_none() {
        words_of_one_node(graph, summary);
    }
}

/// Nodes that draw from words by themselves have neither encoder nor sampler.
/// Only what leads to the saved picture counts: other nodes hold notes and file names.
fn words_of_one_node(graph: Graph<'_>, summary: &mut Summary) {
    let either =
        |node, names: [&str; 2]| names.iter().find_map(|name| graph.text_input(node, name));
    for node in saving(graph).map(|start| graph.upstream(start)).unwrap_or_default() {
        summary.prompt = either(node, ["positive", "positive_prompt"])
            .or_else(|| either(node, ["prompt", "text"]));
        if summary.prompt.is_some() {
            summary.negative =
                summary.negative.take().or_else(|| either(node, ["negative", "negative_prompt"]));
            return;
        }
    }
}

/// CozyGen's inputs say what they are by their parameter's name.
fn cozygen_input<'a>(graph: Graph<'a>, node: Node<'a>, summary: &mut Summary) {
    let Some(name) = node.input("param_name").and_then(Value::as_str) else { return };
    let name = name.to_ascii_lowercase();
    let value = ["value", "default_value", "default_choice"]
        .iter()
        .find_map(|input| graph.literal_input(node, input)?.as_str());
    let Some(value) = value else { return };
    let strength = ["strength", "weight", "scale"].iter().any(|word| name.contains(word));
    if summary.models.is_empty() && (name.contains("checkpoint") || name.contains("ckpt")) {
        summary.add_model(value);
    } else if name.contains("lora") && !strength && value.parse::<f64>().is_err() {
        summary.add_lora(value, 1.0);
    } else if name.contains("prompt") && !name.contains("negative") && summary.prompt.is_none() {
        summary.prompt = Some(value.trim().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plain_graph_is_followed_from_the_sampler_that_was_saved() {
        let graph = json!({
            "3": {"class_type": "KSampler", "inputs": {"seed": u64::MAX, "steps": 20, "cfg": 7.5,
                "sampler_name": "euler", "scheduler": "karras", "denoise": 1.0,
                "model": ["10", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
            "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a/b.safetensors"}},
            "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "x.safetensors",
                "strength_model": 0.8, "strength_clip": 1.0, "model": ["4", 0], "clip": ["4", 1]}},
            "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "cat", "clip": ["10", 1]}},
            "7": {"class_type": "CLIPTextEncode",
                "inputs": {"text": "a much longer negative prompt than the positive", "clip": ["10", 1]}},
            "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
            "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "x"}}
        });
        let found = summary(&graph);
        assert_eq!(found.prompt.as_deref(), Some("cat"));
        assert!(found.negative.unwrap().starts_with("a much longer"));
        assert_eq!(found.models, ["a/b.safetensors"]);
        assert_eq!(found.loras, [("x.safetensors".to_owned(), 0.8)]);
        assert_eq!(found.seed.as_deref(), Some("18446744073709551615"));
        assert_eq!((found.steps, found.cfg), (Some(20), Some(7.5)));
        assert_eq!(found.sampler.as_deref(), Some("euler"));
    }

    #[test]
    fn a_flux_graph_keeps_its_settings_in_small_nodes() {
        let graph = json!({
            "13": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["25", 0],
                "guider": ["22", 0], "sampler": ["16", 0], "sigmas": ["17", 0], "latent_image": ["5", 0]}},
            "25": {"class_type": "RandomNoise", "inputs": {"noise_seed": ["30", 0]}},
            "30": {"class_type": "PrimitiveInt", "inputs": {"value": 42}},
            "22": {"class_type": "BasicGuider", "inputs": {"model": ["12", 0], "conditioning": ["26", 0]}},
            "26": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["6", 0]}},
            "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["31", 0], "clip": ["11", 0]}},
            "31": {"class_type": "CozyGenStringInput", "inputs": {"param_name": "prompt",
                "default_value": "a fox"}},
            "16": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
            "17": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 4,
                "model": ["12", 0]}},
            "12": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux.safetensors"}},
            "9": {"class_type": "SaveImage", "inputs": {"images": ["13", 0]}}
        });
        let found = summary(&graph);
        assert_eq!(found.prompt.as_deref(), Some("a fox"));
        assert_eq!(found.seed.as_deref(), Some("42"));
        assert_eq!(found.models, ["flux.safetensors"]);
        assert_eq!(found.scheduler.as_deref(), Some("simple"));
        assert_eq!(found.negative, None);
    }

    #[test]
    fn both_sides_through_a_control_net_stay_apart() {
        let graph = json!({
            "1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0], "negative": ["2", 1]}},
            "2": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["3", 0],
                "negative": ["4", 0], "image": ["5", 0]}},
            "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "good"}},
            "4": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad"}}
        });
        let found = summary(&graph);
        assert_eq!(
            (found.prompt.as_deref(), found.negative.as_deref()),
            (Some("good"), Some("bad"))
        );
    }

    #[test]
    fn m_08_and_m_12_odd_graphs_never_fail() {
        for graph in [
            json!([]),
            json!(3),
            json!("x"),
            json!(null),
            json!({}),
            json!({"1": 3}),
            json!({"1": {"class_type": 5}}),
            json!({"__proto__": {"class_type": "KSampler", "inputs": {"positive": ["__proto__", 0]}}}),
            json!({"1": {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "model": ["1", 0],
                "seed": ["1", 0], "guider": ["1", 0]}}}),
            json!({"1": {"class_type": "CLIPTextEncode", "inputs": {"text": ["1", 0]}}}),
        ] {
            let found = summary(&graph);
            assert_eq!(found.prompt, None);
        }
    }

    #[test]
    fn a_node_that_draws_from_words_by_itself() {
        let graph = json!({
            "8": {"class_type": "SomeApiImage", "inputs": {"positive": "a lake", "negative": "text", "seed": 5}},
            "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "x"}}
        });
        let found = summary(&graph);
        assert_eq!(
            (found.prompt.as_deref(), found.negative.as_deref()),
            (Some("a lake"), Some("text"))
        );
    }

    #[test]
    fn words_count_only_where_they_lead_to_the_picture() {
        let drawn = json!({
            "1": {"class_type": "ShowText", "inputs": {"text": "a note beside it"}},
            "2": {"class_type": "DrawsByItself", "inputs": {"positive": "a heron", "negative": "rain"}},
            "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "x"}}
        });
        let found = summary(&drawn);
        assert_eq!(
            (found.prompt.as_deref(), found.negative.as_deref()),
            (Some("a heron"), Some("rain"))
        );
        let copied = json!({
            "1": {"class_type": "ShowText", "inputs": {"text": "a note beside it"}},
            "2": {"class_type": "LoadImage", "inputs": {"image": "cat.png"}},
            "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "x"}}
        });
        assert_eq!(summary(&copied).prompt, None);
        let unsaved = json!({"1": {"class_type": "ShowText", "inputs": {"text": "a note"}}});
        assert_eq!(summary(&unsaved).prompt, None);
    }

    #[test]
    fn several_loras_in_one_node() {
        let graph = json!({
            "1": {"class_type": "Power Lora Loader (rgthree)", "inputs": {
                "lora_1": {"on": true, "lora": "a", "strength": 0.5},
                "lora_2": {"on": false, "lora": "b", "strength": 1}}},
            "2": {"class_type": "LoRA Stacker", "inputs": {"lora_name_1": "c", "model_str_1": 0.3,
                "lora_name_2": "None", "lora_name_3": "d"}}
        });
        let expected = [("a".to_owned(), 0.5), ("c".to_owned(), 0.3), ("d".to_owned(), 1.0)];
        assert_eq!(summary(&graph).loras, expected);
    }
}
