//! The `parameters` text of A1111 and Forge.

use super::summary::Summary;

const NEGATIVE: &str = "Negative prompt:";

/// Whether a text without a key is such a text.
pub fn looks_like(text: &str) -> bool {
    text.contains("Steps: ") && (text.contains("Sampler: ") || text.contains("Seed: "))
}

/// Read prompt, negative prompt and settings.
pub fn summary(text: &str) -> Summary {
    let (words, settings) = split_settings(text);
    let (positive, negative) = match words.split_once(NEGATIVE) {
        Some((positive, negative)) => (positive.trim(), Some(negative.trim())),
        None => (words.trim(), None),
    };
    let mut summary = Summary { source: "a1111", ..Summary::default() };
    summary.prompt = some(positive);
    summary.negative = negative.and_then(some);
    for (key, value) in pairs(settings) {
        setting(&mut summary, key, value);
    }
    summary.add_loras_in_prompt();
    summary
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The settings are the last line that starts with `Steps:`.
fn split_settings(text: &str) -> (&str, &str) {
    if let Some(rest) = text.strip_prefix("Steps: ") {
        return ("", &text[text.len() - rest.len() - 7..]);
    }
    match text.rfind("\nSteps: ") {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    }
}

/// `Key: value, Key: "quoted, value", …`
fn pairs(settings: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = settings.trim();
    while let Some((key, after)) = rest.split_once(": ") {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once([',', '\n']).unwrap_or((after, "")),
        };
        found.push((key.trim(), value.trim()));
        rest = next.trim_start_matches([',', ' ', '\n']);
    }
    found
}

fn setting(summary: &mut Summary, key: &str, value: &str) {
    match key {
        "Steps" => summary.steps = value.parse().ok(),
        "Sampler" => summary.sampler = some(value),
        "Schedule type" => summary.scheduler = some(value),
        "CFG scale" => summary.cfg = value.parse().ok(),
        "Seed" => summary.seed = some(value),
        "Model" => summary.models.extend(some(value)),
        "Version" => summary.tool = some(value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m_09_reads_parameters() {
        let text = "a cat, <lora:detail:0.6>\nsecond line\nNegative prompt: blurry, bad\nSteps: 20, \
                    Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.5, Seed: 18446744073709551615, \
                    Size: 512x768, Model: foo/bar, Lora hashes: \"detail: 12, x: 34\", Version: v1.9";
        let summary = summary(text);
        assert_eq!(summary.prompt.as_deref(), Some("a cat, <lora:detail:0.6>\nsecond line"));
        assert_eq!(summary.negative.as_deref(), Some("blurry, bad"));
        assert_eq!(summary.seed.as_deref(), Some("18446744073709551615"));
        assert_eq!(summary.steps, Some(20));
        assert_eq!(summary.cfg, Some(7.5));
        assert_eq!(summary.scheduler.as_deref(), Some("Karras"));
        assert_eq!(summary.models, ["foo/bar"]);
        assert_eq!(summary.loras, [("detail".to_owned(), 0.6)]);
    }

    #[test]
    fn odd_texts_are_prompts_or_nothing() {
        assert_eq!(summary("just words").prompt.as_deref(), Some("just words"));
        assert_eq!(summary("Steps: 5, Seed: 1").prompt, None);
        assert_eq!(summary("Steps: 5, Seed: 1").steps, Some(5));
        assert_eq!(summary("").prompt, None);
        assert_eq!(summary("x\nSteps: , Seed: ").steps, None);
    }
}
