//! What is pasted. That it works in a page, the tests in browsers show.

use embed::Frame;
use embed::snippet::{Form, Pasted};

const SITE: &str = "https://app.example/stages/";

fn snippet(address: &str, title: &str, form: Form) -> String {
    let frame = Frame::parse(address).expect("a good address");
    let pasted = Pasted {
        site: SITE,
        frame: &frame,
        title,
        link: "Open the question",
    };
    pasted.snippet(form)
}

#[test]
fn each_form_is_whole() {
    let check = |form: Form, expected: &str| {
        assert_eq!(
            snippet("question/a?theme=dark&order=fixed", "A \"b\" & {c}", form),
            expected
        );
    };
    let attributes = "title=\"A &quot;b&quot; &amp; &#123;c&#125;\" width=\"100%\" height=\"420\"";
    let src = "https://app.example/stages/#/embed/question/a?theme=dark&amp;order=fixed";
    let rest = "allow=\"clipboard-write\"";
    let style = "style=\"border:0;height:auto;min-height:420px;frame-sizing:content-height\"";
    let html =
        format!("<iframe src=\"{src}\" {attributes} loading=\"lazy\" {rest} {style}></iframe>");
    check(Form::Html, &html);
    check(Form::Mkdocs, &html);
    check(
        Form::Docusaurus,
        &format!(
            "<iframe src=\"{src}\" {attributes} loading=\"lazy\" {rest} style={{{{border: 0, height: 'auto', minHeight: 420, frameSizing: 'content-height'}}}} />"
        ),
    );
    check(Form::JupyterBook, &format!("```{{raw}} html\n{html}\n```"));
    check(
        Form::Reveal,
        &format!(
            "<section>\n  <iframe data-src=\"{src}\" {attributes} {rest} {style}></iframe>\n</section>"
        ),
    );
    check(
        Form::Moodle,
        &format!(
            "{html}\n<p><a href=\"https://app.example/stages/#/practice/a\" target=\"_blank\">Open the question</a></p>"
        ),
    );
    check(
        Form::Component,
        "<script defer src=\"https://app.example/stages/model-stages.js\"></script>\n\
         <model-stages src=\"https://app.example/stages/\" view=\"question\" item=\"a\" theme=\"dark\" order=\"fixed\" \
         title=\"A &quot;b&quot; &amp; &#123;c&#125;\"><a href=\"https://app.example/stages/#/practice/a\">Open the question</a>\
         </model-stages>",
    );
    check(Form::Link, "https://app.example/stages/#/practice/a");
}

#[test]
fn the_component_has_an_attribute_for_each_part_of_an_address() {
    let check = |address: &str, expected: &str| {
        let snippet = snippet(address, "t", Form::Component);
        assert!(snippet.contains(expected), "{snippet}");
    };
    check(
        "scene",
        "src=\"https://app.example/stages/\" view=\"scene\" title=\"t\">",
    );
    check("questions/a,b", " view=\"questions\" item=\"a,b\" title");
    check(
        "exercise/new?seed=7&theme=dark",
        " view=\"exercise\" item=\"new\" objective=\"release\" par=\"3\" models=\"1\" distractors=\"1\" seed=\"7\" theme=\"dark\" title",
    );
    check(
        "console?line=print(%22%3Cb%3E%22)",
        " view=\"console\" line=\"print(&quot;&lt;b&gt;&quot;)\" title",
    );
}

/// Whatever a title says, it stays between its quotes.
#[test]
fn nothing_that_is_said_becomes_markup() {
    for form in Form::ALL {
        let plain = snippet("question/a", "plain", form);
        for hostile in [
            "\"><script>alert(1)</script>",
            "' onload=\"alert(1)\"",
            "```\n<b>",
            "{alert(1)}",
            "</iframe><iframe src=x>",
        ] {
            let snippet = snippet("question/a", hostile, form);
            for mark in ["<", "\"", "```", "{", "\n"] {
                assert_eq!(
                    snippet.matches(mark).count(),
                    plain.matches(mark).count(),
                    "{form}: {snippet}"
                );
            }
        }
    }
}
