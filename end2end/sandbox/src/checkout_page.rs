//! The page of a Checkout Session as HTML: a plain form, which works without script.

use crate::stripe::Response;
use crate::stripe::checkout::{Field, Input, Method, OpenPage, Turn, View};
use std::fmt::Write;

const PAGE: &str = include_str!("checkout_page.html");
/// Nothing but the page itself and its style; forms may lead anywhere, as shops do.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn answer(turn: Turn) -> Response {
    match turn {
        Turn::Go(address) => Response {
            status: 303,
            headers: vec![("location", address)],
            body: String::new(),
        },
        Turn::Show(status, view) => Response {
            status,
            headers: vec![
                ("content-type", "text/html; charset=utf-8".to_owned()),
                ("content-security-policy", POLICY.to_owned()),
                ("referrer-policy", "no-referrer".to_owned()),
            ],
            body: html(&view),
        },
    }
}

fn html(view: &View) -> String {
    let (title, body) = match view {
        View::Open(page) => (page.title, open(page)),
        View::Closed { title, words, link } => {
            let mut body = format!("<h1>{title}</h1>\n<p>{words}</p>\n");
            if let Some((url, words)) = link {
                let _ = writeln!(body, "<p><a href=\"{}\">{words}</a></p>", escaped(url));
            }
            (*title, body)
        }
    };
    PAGE.replace("{title}", title).replace("{body}", &body)
}

fn open(page: &OpenPage) -> String {
    let mut html = format!("<h1>{}</h1>\n", escaped(&page.merchant));
    if let Some(url) = &page.cancel_url {
        let _ = writeln!(
            html,
            "<p><a href=\"{}\">Back to the shop</a></p>",
            escaped(url)
        );
    }
    if let Some(problem) = &page.problem {
        let _ = writeln!(
            html,
            "<p class=\"Problem\" role=\"alert\">{}</p>",
            escaped(problem)
        );
    }
    let _ = writeln!(
        html,
        "<form method=\"post\" action=\"/c/pay/{}\">",
        escaped(&page.id)
    );
    let _ = writeln!(
        html,
        "<input type=\"hidden\" name=\"total\" value=\"{}\">",
        page.total_minor
    );
    html.push_str(&summary(page));
    html.push_str("<div class=\"Form\">\n");
    for (heading, fields) in &page.sections {
        let _ = writeln!(
            html,
            "<fieldset>\n<legend>{heading}</legend>\n{}</fieldset>",
            all(fields)
        );
    }
    if !page.methods.is_empty() {
        html.push_str("<fieldset>\n<legend>Payment method</legend>\n");
        html.extend(page.methods.iter().map(method));
        html.push_str("</fieldset>\n");
    }
    for text in &page.texts {
        let _ = writeln!(html, "<p>{}</p>", escaped(text));
    }
    let button = escaped(&page.button);
    let _ = writeln!(
        html,
        "<button class=\"Pay\" type=\"submit\" name=\"action\" value=\"pay\">{button}</button>"
    );
    // The first button is the one that Enter presses.
    if page.updates {
        html.push_str(
            "<button type=\"submit\" name=\"action\" value=\"update\" formnovalidate>Update total</button>\n",
        );
    }
    html.push_str("</div>\n</form>\n");
    html
}

fn summary(page: &OpenPage) -> String {
    let Some(total) = &page.total else {
        return String::new();
    };
    let mut html = "<section class=\"Summary\" aria-labelledby=\"summary\">\n\
                    <h2 id=\"summary\">Order summary</h2>\n<ul class=\"Lines\">\n"
        .to_owned();
    for line in &page.lines {
        let name = escaped(&line.name);
        let detail = escaped(&line.detail);
        let _ = writeln!(
            html,
            "<li><div><span>{name}</span> <small>{detail}</small></div><span>{}</span>",
            line.amount
        );
        html.extend(line.quantity.iter().map(field));
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n<dl class=\"Sums\">\n");
    for (name, amount) in &page.sums {
        let _ = writeln!(html, "<div><dt>{name}</dt><dd>{amount}</dd></div>");
    }
    let _ = writeln!(
        html,
        "<div class=\"Total\"><dt>Total due</dt><dd>{total}</dd></div>\n</dl>"
    );
    html.push_str("</section>\n");
    html
}

fn all(fields: &[Field]) -> String {
    fields.iter().map(field).collect()
}

/// A radio button, and what its method asks for: the style shows the fields of the chosen one.
fn method(method: &Method) -> String {
    let Method {
        name,
        label,
        chosen,
        fields,
        words,
    } = method;
    let checked = if *chosen { " checked" } else { "" };
    let words = words.map_or(String::new(), |words| format!("<p>{words}</p>\n"));
    format!(
        "<div class=\"Method\">\n<label class=\"Choice\"><input type=\"radio\" name=\"method\" value=\"{name}\"{checked}> \
         {label}</label>\n<div class=\"MethodFields\">\n{}{words}</div>\n</div>\n",
        all(fields)
    )
}

fn field(field: &Field) -> String {
    let name = escaped(&field.name);
    let label = escaped(&field.label);
    let value = escaped(&field.value);
    let mut more = format!(
        "id=\"{name}\" name=\"{name}\" autocomplete=\"{}\"",
        field.autocomplete
    );
    if field.required {
        more.push_str(" required");
    }
    let mut problem = String::new();
    if let Some(words) = &field.problem {
        let _ = write!(
            more,
            " aria-invalid=\"true\" aria-describedby=\"{name}-problem\""
        );
        problem = format!(
            "<p class=\"Problem\" id=\"{name}-problem\">{}</p>\n",
            escaped(words)
        );
    }
    let control = match &field.input {
        Input::Text => format!("<input type=\"text\" {more} value=\"{value}\">"),
        Input::Email => format!("<input type=\"email\" {more} value=\"{value}\">"),
        Input::Tel => format!("<input type=\"tel\" {more} value=\"{value}\">"),
        Input::Number => {
            format!("<input type=\"text\" inputmode=\"numeric\" {more} value=\"{value}\">")
        }
        Input::Quantity(from, to) => {
            format!("<input type=\"number\" min=\"{from}\" max=\"{to}\" {more} value=\"{value}\">")
        }
        Input::Checkbox => {
            return format!(
                "<div class=\"Field\"><label class=\"Choice\"><input type=\"checkbox\" {more} value=\"yes\"> {label}</label>\n\
                 {problem}</div>\n"
            );
        }
        Input::Choice(options) => {
            let options: String = options
                .iter()
                .map(|(option, label)| {
                    let selected = if *option == field.value {
                        " selected"
                    } else {
                        ""
                    };
                    format!(
                        "<option value=\"{}\"{selected}>{}</option>",
                        escaped(option),
                        escaped(label)
                    )
                })
                .collect();
            format!("<select {more}>{options}</select>")
        }
    };
    format!(
        "<div class=\"Field\"><label for=\"{name}\">{label}</label>\n{control}\n{problem}</div>\n"
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
