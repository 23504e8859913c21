//! Nodes of a ComfyUI graph in API format, and values followed through links.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// Longer chains of links are not followed.
const FARTHEST: usize = 32;

/// Inputs under which nodes that only hand on a value keep it.
const VALUE_NAMES: [&str; 14] = [
    "value",
    "default_value",
    "default_choice",
    "text",
    "prompt",
    "string",
    "text_g",
    "text_l",
    "seed",
    "noise_seed",
    "int",
    "float",
    "number",
    "result",
];

/// A graph: node ids to nodes.
#[derive(Clone, Copy)]
pub struct Graph<'a>(pub &'a Map<String, Value>);

/// One node.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its class as written.
    pub class: &'a str,
    inputs: Option<&'a Map<String, Value>>,
}

/// Another node's output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link<'a> {
    /// The node.
    pub node: &'a str,
    /// Which of its outputs.
    pub slot: u64,
}

/// A value that is `["id", slot]`.
pub fn link(value: &Value) -> Option<Link<'_>> {
    match value.as_array()?.as_slice() {
        [Value::String(node), slot] => Some(Link { node, slot: slot.as_u64()? }),
        _ => None,
    }
}

impl<'a> Graph<'a> {
    /// The node of that id.
    pub fn node(self, id: &str) -> Option<Node<'a>> {
        let (id, node) = self.0.get_key_value(id)?;
        let class = node.get("class_type")?.as_str()?;
        Some(Node { id, class, inputs: node.get("inputs").and_then(Value::as_object) })
    }

    /// All nodes in the file's order.
    pub fn nodes(self) -> impl Iterator<Item = Node<'a>> {
        self.0.keys().filter_map(move |id| self.node(id))
    }

    /// The node and everything it depends on, nearest first.
    pub fn upstream(self, start: Node<'a>) -> Vec<Node<'a>> {
        let (mut seen, mut found, mut next) = (HashSet::from([start.id]), vec![start], 0);
        while next < found.len() {
            for (_, value) in found[next].inputs() {
                let source = link(value).and_then(|link| self.node(link.node));
                if let Some(source) = source.filter(|source| seen.insert(source.id)) {
                    found.push(source);
                }
            }
            next += 1;
        }
        found
    }

    /// The literal at the end of a chain of links.
    pub fn literal(self, value: &'a Value) -> Option<&'a Value> {
        let mut value = value;
        for _ in 0..FARTHEST {
            let Some(link) = link(value) else { return Some(value) };
            let source = self.node(link.node)?;
            value =
                VALUE_NAMES.iter().find_map(|name| source.input(name).filter(|v| is_usable(v)))?;
        }
        None
    }

    /// The literal of a node's input.
    pub fn literal_input(self, node: Node<'a>, name: &str) -> Option<&'a Value> {
        self.literal(node.input(name)?).filter(|value| is_usable(value))
    }

    /// The text of a node's input: joined where nodes join texts.
    pub fn text(self, value: &'a Value, depth: usize) -> Option<String> {
        if depth > FARTHEST {
            return None;
        }
        let Some(link) = link(value) else { return words(value) };
        let source = self.node(link.node)?;
        let parts: Vec<String> = source
            .inputs()
            .filter(|(name, _)| holds_text(name))
            .filter_map(|(_, value)| self.text(value, depth + 1))
            .collect();
        (!parts.is_empty()).then(|| parts.join(source.joint()))
    }

    /// The text of a node's input of that name.
    pub fn text_input(self, node: Node<'a>, name: &str) -> Option<String> {
        self.text(node.input(name)?, 0)
    }
}

/// Inputs of text nodes that hold text, numbered ones of joining nodes too.
fn holds_text(name: &str) -> bool {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let base = base.trim_end_matches("_a").trim_end_matches("_b").trim_end_matches("_c");
    VALUE_NAMES[..8].contains(&name)
        || matches!(base, "text" | "string" | "prompt" | "input" | "part")
}

fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty() && !text.eq_ignore_ascii_case("none")).then(|| text.to_owned())
}

/// Not null, not blank, not "none", not a collection.
fn is_usable(value: &Value) -> bool {
    match value {
        Value::String(_) => words(value).is_some(),
        Value::Array(_) => link(value).is_some(),
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    }
}

/// `word` is lower case already.
fn contains_in_any_case(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word))
}

impl<'a> Node<'a> {
    /// The input of that name, literal or link.
    pub fn input(self, name: &str) -> Option<&'a Value> {
        self.inputs?.get(name)
    }

    /// All inputs in order.
    pub fn inputs(self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.inputs.into_iter().flatten()
    }

    /// The node an input is linked to.
    pub fn linked(self, name: &str) -> Option<Link<'a>> {
        link(self.input(name)?)
    }

    /// Whether the class contains `word`, in any case.
    pub fn is_a(self, word: &str) -> bool {
        contains_in_any_case(self.class.as_bytes(), word.as_bytes())
    }

    fn joint(self) -> &'a str {
        self.input("delimiter")
            .or_else(|| self.input("separator"))
            .and_then(Value::as_str)
            .unwrap_or(if self.input("text_g").is_some() { " / " } else { ", " })
    }
}
