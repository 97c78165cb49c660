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

/// "`x` is not known here; use `a` or `b`", the semicolon parts problem from remedy.
pub(crate) fn unknown(word: &str, known: &[&str]) -> String {
    let quoted: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
    format!("`{word}` is not known here; use {}", quoted.join(" or "))
}
