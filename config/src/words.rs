//! Enums that are written as words, with an error that names the words there are.

/// Makes `TryFrom<String>` (for serde) and `as_str` of an enum whose values are words.
macro_rules! words {
    ($kind:ident { $($value:ident = $word:literal),* $(,)? }) => {
        impl $kind {
            /// The word that files write.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($kind::$value => $word,)* }
            }
        }

        impl TryFrom<String> for $kind {
            type Error = String;

            fn try_from(word: String) -> Result<Self, String> {
                match word.as_str() {
                    $($word => Ok($kind::$value),)*
                    other => Err(crate::words::unknown(other, &[$($word),*])),
                }
            }
        }
    };
}
pub(crate) use words;

/// "Did you mean `x`?", where one of the known words is near enough to have been meant.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let best = known.into_iter().map(|known| (strsim::damerau_levenshtein(word, known), known)).min();
    let near = best.filter(|(distance, _)| *distance <= (word.chars().count() / 3).max(1));
    near.map(|(_, known)| format!("Did you mean `{known}`?"))
}

/// What to use in place of a name that nothing has: the one that was meant, and all there are.
pub(crate) fn use_one_of(word: &str, known: &[impl AsRef<str>], or_else: &str) -> String {
    let meant = did_you_mean(word, known.iter().map(AsRef::as_ref)).map_or_else(String::new, |meant| meant + " ");
    let known: Vec<_> = known.iter().map(AsRef::as_ref).collect();
    format!("{meant}Use {}, or {or_else}", known.join(" or "))
}

/// "`x` is not known here; use `a` or `b`", the semicolon parts problem from remedy.
pub(crate) fn unknown(word: &str, known: &[&str]) -> String {
    let quoted: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
    format!("`{word}` is not known here; use {}", quoted.join(" or "))
}
