//! Which models and LoRAs a graph loads, under the many names that loaders have for them.

use serde_json::Value;

use super::node::{Graph, Link, Node};
use super::summary::Summary;

const MODEL_NAMES: [&str; 8] = [
    "ckpt_name",
    "unet_name",
    "checkpoint",
    "model_name",
    "ckpt",
    "base_model",
    "gguf_name",
    "model_path",
];

/// From the sampler's model upwards: LoRAs on the way, the loader at the end.
pub(super) fn model_chain(graph: Graph<'_>, start: Link<'_>, summary: &mut Summary) {
    let Some(first) = graph.node(start.node) else { return };
    let mut chain: Vec<Node<'_>> =
        graph.upstream(first).into_iter().filter(|node| holds_model(*node)).collect();
    for node in &chain {
        models_of(graph, *node, summary);
    }
    // The loader is farthest up; its LoRA comes first.
    chain.reverse();
    for node in chain {
        loras_of(graph, node, summary);
    }
}

fn holds_model(node: Node<'_>) -> bool {
    ["checkpoint", "ckpt", "unet", "lora", "diffusion", "gguf", "model", "input", "loader"]
        .iter()
        .any(|word| node.is_a(word))
}

/// The model that a loader loads, in whichever input it is named.
pub(super) fn models_of<'a>(graph: Graph<'a>, node: Node<'a>, summary: &mut Summary) {
    let other = ["lora", "controlnet", "upscale", "vae", "clipvision", "ipadapter", "style"];
    if other.iter().any(|word| node.is_a(word)) {
        return;
    }
    for name in MODEL_NAMES {
        if let Some(model) = graph.literal_input(node, name).and_then(Value::as_str) {
            summary.add_model(model);
            return;
        }
    }
}

/// The LoRAs that a node puts on, with their strengths.
pub(super) fn loras_of<'a>(graph: Graph<'a>, node: Node<'a>, summary: &mut Summary) {
    if !node.is_a("lora") {
        return;
    }
    for (name, value) in node.inputs() {
        if let Some(members) = value.as_object() {
            lora_object(members, summary);
        } else if is_lora_name(name)
            && let Some(lora) = graph.literal(value).and_then(Value::as_str)
        {
            summary.add_lora(lora, strength(graph, node, name));
        }
    }
}

/// `lora_name`, `lora`, `lora_1`, `lora_a`, `lora_name_2`, …
fn is_lora_name(name: &str) -> bool {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    matches!(base, "lora_name" | "lora" | "lora_a" | "lora_b")
}

fn strength<'a>(graph: Graph<'a>, node: Node<'a>, name: &str) -> f64 {
    let suffix = name.trim_start_matches("lora").trim_start_matches("_name");
    ["strength_model", "model_str", "strength", "lora_wt", "model_weight", "weight"]
        .iter()
        .flat_map(|base| [format!("{base}{suffix}"), (*base).to_owned()])
        .find_map(|name| graph.literal_input(node, &name)?.as_f64())
        .unwrap_or(1.0)
}

/// Power Lora Loader: `{"on": true, "lora": "x", "strength": 0.8}`.
fn lora_object(members: &serde_json::Map<String, Value>, summary: &mut Summary) {
    let on = members.get("on").and_then(Value::as_bool).unwrap_or(true);
    if let Some(name) = members.get("lora").and_then(Value::as_str).filter(|_| on) {
        summary.add_lora(name, members.get("strength").and_then(Value::as_f64).unwrap_or(1.0));
    }
}
