//! A labelled field of a form, with its hint and its error.

use leptos::html::Input;
use leptos::prelude::*;

/// The properties that differ between fields.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its id, and its name in the form.
    pub name: &'static str,
    /// The element, to read its value and to focus it.
    pub node: NodeRef<Input>,
    /// Its `type`.
    pub kind: Signal<&'static str>,
    /// Autofill of the browser (HTML, autofill detail tokens).
    pub autocomplete: Signal<&'static str>,
    /// Whether the field has the focus when the page opens.
    pub first: bool,
}

impl Entry {
    /// A text field without autofill.
    pub fn plain(name: &'static str, node: NodeRef<Input>) -> Self {
        Self {
            name,
            node,
            kind: "text".into(),
            autocomplete: "off".into(),
            first: false,
        }
    }
}

/// A field: label, input, and below it the error, or else the hint. `children` are placed inside it, at its
/// end.
#[component]
pub fn Field(
    entry: Entry,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] hint: Signal<String>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into, optional)] value: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let note = format!("{}-note", entry.name);
    let described = note.clone();
    Effect::new(move |_| {
        if let Some(input) = entry.node.get().filter(|_| entry.first) {
            // A hidden page may refuse the focus, and needs none.
            let _ = input.focus();
        }
    });
    view! {
        <div class="field" class:is-wrong=move || error.with(Option::is_some)>
            <label for=entry.name>{label}</label>
            <div class="field-box">
                <input
                    node_ref=entry.node
                    id=entry.name
                    name=entry.name
                    type=move || entry.kind.get()
                    autocomplete=move || entry.autocomplete.get()
                    autocapitalize="none"
                    spellcheck="false"
                    prop:value=move || value.get()
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                />
                {children.map(|children| children())}
            </div>
            <p class="field-note" id=note aria-live="polite">
                {move || error.get().unwrap_or_else(|| hint.get())}
            </p>
        </div>
    }
}

/// The value of a field.
pub fn typed(node: NodeRef<Input>) -> String {
    node.get_untracked()
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Focuses a field.
pub fn focus(node: NodeRef<Input>) {
    if let Some(input) = node.get_untracked() {
        // A hidden page may refuse the focus, and needs none.
        let _ = input.focus();
    }
}
