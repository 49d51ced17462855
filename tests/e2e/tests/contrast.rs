//! The colours can be told apart: WCAG contrast of everything in `style/ui/tokens.css`, light and dark.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../../style/ui/tokens.css");
const STAGES: [&str; 4] = ["none", "staging", "production", "archived"];

type Theme = BTreeMap<String, String>;

/// All stylesheets, in the order of their names.
fn styles() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style");
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = files.into_iter().map(|entry| entry.unwrap().into_path());
    files
        .filter(|path| path.extension().is_some_and(|name| name == "css"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// The tokens by name, light and dark.
fn themes() -> [(&'static str, Theme); 2] {
    let (_, after) = TOKENS.split_once(":root {").unwrap();
    let (body, _) = after.split_once('}').unwrap();
    let mut themes = [("light", Theme::new()), ("dark", Theme::new())];
    for declaration in body.split(';') {
        // A comment may stand before it.
        let (_, declaration) = declaration.rsplit_once("*/").unwrap_or(("", declaration));
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let (light, dark) = value
            .trim()
            .strip_prefix("light-dark(")
            .and_then(|value| value.strip_suffix(')')?.split_once(", "))
            .unwrap_or((value, value));
        for ((_, theme), value) in themes.iter_mut().zip([light, dark]) {
            theme.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
    themes
}

/// WCAG's relative luminance of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').expect(colour);
    assert_eq!(digits.len(), 6, "{colour}");
    let channel = |at: usize| {
        let value = u8::from_str_radix(&digits[at..at + 2], 16).expect(colour);
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

/// WCAG's contrast of two colours, 1 to 21.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn the_formula_is_wcags() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
    assert!((contrast("#1a2029", "#1a2029") - 1.0).abs() < 1e-9);
}

/// What must stand out from what, and by how much.
fn demands() -> Vec<(String, String, f64)> {
    let mut demands: Vec<(String, String, f64)> = [
        ("ink", "page", 15.0),
        ("ink", "surface", 15.0),
        ("soft", "page", 7.0),
        ("soft", "surface", 7.0),
        ("line", "surface", 3.0),
        ("accent", "page", 4.5),
        ("accent", "surface", 4.5),
        ("on-accent", "accent", 4.5),
        ("on-accent", "accent-hover", 4.5),
        ("on-accent", "accent-pressed", 4.5),
        ("accent-hover", "surface", 4.5),
        ("accent-pressed", "surface", 4.5),
        ("off-ink", "off-face", 4.5),
        ("off-ink", "surface", 4.5),
        ("warn-text", "page", 7.0),
        ("warn-text", "surface", 7.0),
        ("warn-text", "warn-tint", 7.0),
        ("warn-mark", "warn-tint", 3.0),
        ("warn-mark", "surface", 3.0),
        ("ink", "warn-tint", 7.0),
        ("soft", "hairline", 3.0),
    ]
    .map(|(over, under, least)| (over.to_owned(), under.to_owned(), least))
    .into();
    for stage in STAGES {
        let tint = format!("{stage}-tint");
        demands.push((format!("{stage}-text"), tint.clone(), 7.0));
        demands.push((format!("{stage}-mark"), tint, 3.0));
        demands.push((format!("{stage}-mark"), "surface".to_owned(), 3.0));
    }
    demands
}

#[test]
fn everything_stands_out() {
    let mut weak = Vec::new();
    for (theme, tokens) in themes() {
        let colour = |name: &str| tokens.get(&format!("--{name}")).expect(name);
        for (over, under, least) in demands() {
            let found = contrast(colour(&over), colour(&under));
            if found < least {
                weak.push(format!(
                    "{theme}: {over} on {under} is {found:.2}, under {least}"
                ));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

/// A button that can't be used is not what catches the eye, and the five looks of a main button are five.
#[test]
fn a_button_that_cannot_be_used_steps_back() {
    for (theme, tokens) in themes() {
        let colour = |name: &str| tokens.get(&format!("--{name}")).expect(name);
        for under in ["page", "surface"] {
            let off = contrast(colour("off-face"), colour(under));
            let rest = contrast(colour("accent"), colour(under));
            assert!(
                off < 1.5 && off < rest,
                "{theme}: {off:.2} on {under}, {rest:.2}"
            );
        }
        let mut faces: Vec<&String> = ["accent", "accent-hover", "accent-pressed", "off-face"]
            .map(colour)
            .into();
        faces.sort();
        faces.dedup();
        assert_eq!(faces.len(), 4, "{theme}: {faces:?}");
    }
    const BASE: &str = include_str!("../../../style/ui/base.css");
    for (selector, token) in [
        ("button.primary", "--accent"),
        ("button.primary:hover:enabled", "--accent-hover"),
        ("button.primary:active:enabled", "--accent-pressed"),
        (
            "button:is(.primary, [aria-pressed=\"true\"]):disabled",
            "--off-face",
        ),
    ] {
        let rule = format!("\n{selector} {{ background: var({token})");
        assert!(BASE.contains(&rule), "{rule}");
    }
    assert!(BASE.contains("\n:focus-visible { outline: 3px solid var(--accent)"));
}

/// What went wrong has a colour of its own, in each place that says what came of something.
#[test]
fn what_is_wrong_is_not_in_the_colour_of_success() {
    let styles = styles();
    for (rule, colour) in [
        (".said.wrong", "color: var(--warn-text)"),
        (".told.wrong", "color: var(--warn-text)"),
        (".code-line.failed", "border-color: var(--warn-mark)"),
        (
            ":is(.code-line, .scene-next).failed .code-result",
            "color: var(--warn-text)",
        ),
        (".run-result.failed", "border-color: var(--warn-mark)"),
        (".run-result.failed strong", "color: var(--warn-text)"),
        (".console pre.console-error", "color: var(--warn-text)"),
        (".field-error", "color: var(--warn-text)"),
        (".refusal-rule", "color: var(--warn-text)"),
        (".refusal", "border: 2px solid var(--warn-mark)"),
        (".feedback.wrong", "border-color: var(--warn-mark)"),
    ] {
        let found = styles.lines().any(|line| {
            line.split_once(" {")
                .is_some_and(|(selector, body)| selector == rule && body.contains(colour))
        });
        assert!(found, "{rule} {{ {colour} }}");
    }
}

#[test]
fn dark_changes_every_colour() {
    let [(_, light), (_, dark)] = themes();
    let colours = light.values().filter(|value| value.starts_with('#'));
    assert!(colours.count() > 25);
    for (name, value) in light {
        if value.starts_with('#') {
            assert_ne!(
                dark.get(&name),
                Some(&value),
                "{name} is the same in both themes"
            );
        }
    }
}

#[test]
fn the_browsers_own_frame_has_the_colour_of_the_page() {
    let page = include_str!("../../../index.html");
    for (theme, tokens) in themes() {
        let tag = format!(
            "content=\"{}\" media=\"(prefers-color-scheme: {theme})\"",
            tokens["--page"]
        );
        assert!(page.contains(&tag), "{tag}");
    }
}

/// The colours of code, on every ground that code stands on; what is wrong is underlined as well.
#[test]
fn code_stands_out() {
    let styles = styles();
    let rules: Vec<(&str, &str)> = styles
        .lines()
        .filter_map(|line| line.strip_prefix(".paint-"))
        .map(|rule| {
            let (name, rule) = rule.split_once(" { color: var(--").expect(rule);
            (name, rule.split_once(')').expect(rule).0)
        })
        .collect();
    let names: Vec<&str> = rules.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "keyword", "text", "number", "flag", "method", "comment", "wrong"
        ]
    );
    let mut weak = Vec::new();
    for (theme, tokens) in themes() {
        let colour = |name: &str| tokens.get(&format!("--{name}")).expect(name);
        for (name, token) in &rules {
            for under in ["surface", "page", "none-tint"] {
                let found = contrast(colour(token), colour(under));
                if found < 4.5 {
                    weak.push(format!("{theme}: {name} on {under} is {found:.2}"));
                }
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}
