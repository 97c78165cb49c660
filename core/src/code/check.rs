//! Check symbols.
//!
//! *Letters*: one linear equation over GF(32), `c + Σ αⁱ·sᵢ = 0` for i = 1..=8, α a root of x⁵ + x² + 1. The
//! weights α⁰..α⁸ are different and not 0, so every single substitution changes the sum by `αⁱ·δ ≠ 0` and every
//! swap of two different symbols, next to one another or not, by `(αⁱ + αʲ)·δ ≠ 0`. All are found. (Crockford's own
//! check takes 37 symbols, five of them not on this alphabet, so it cannot be used: R3.)
//!
//! *Digits*: Damm's totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004): all single substitutions and
//! all swaps of neighbours are found.

/// Check symbol of at most 30 values below 32; α has order 31, so the weights are different up to there.
pub(crate) fn letters(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_alpha(sum ^ value))
}

/// Multiplies by α in GF(32) = GF(2)[x] / (x⁵ + x² + 1).
const fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 != 0 { doubled ^ 0b10_0101 } else { doubled }
}

/// Check digit of decimal digits.
pub(crate) fn digits(values: &[u8]) -> u8 {
    values.iter().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(*digit)])
}

/// Damm's table; the diagonal is 0, so appending the state itself brings it to 0.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// By linearity a change of the sum does not depend on the other symbols: this is exhaustive, no sample.
    #[test]
    fn r3_letters_every_substitution_and_every_swap_is_found() {
        let effect = |place: usize, delta: u8| match place {
            8 => delta,
            place => {
                let mut values = [0; 8];
                values[place] = delta;
                letters(&values)
            }
        };
        for a in 0..9 {
            for delta in 1..32 {
                assert_ne!(effect(a, delta), 0, "substitution at {a}");
                for b in 0..a {
                    assert_ne!(effect(a, delta) ^ effect(b, delta), 0, "swap of {a} and {b}");
                }
            }
        }
    }

    #[test]
    fn the_letter_check_is_linear() {
        let (a, b) = ([1, 2, 3, 4, 5, 6, 7, 8], [31, 9, 0, 17, 22, 1, 30, 5]);
        let sum: alloc::vec::Vec<u8> = a.iter().zip(b).map(|(a, b)| a ^ b).collect();
        assert_eq!(letters(&sum), letters(&a) ^ letters(&b));
    }

    /// Exhaustive over the table: a difference in state once made is never lost (each column is a permutation), a
    /// substitution makes one (each row is), and a swap of neighbours does from every state.
    #[test]
    fn r3_digits_every_substitution_and_every_swap_of_neighbours_is_found() {
        for state in 0..10_usize {
            assert_eq!(DAMM[state][state], 0);
            for x in 0..10_usize {
                for y in (0..10_usize).filter(|y| *y != x) {
                    assert_ne!(DAMM[state][x], DAMM[state][y], "row {state}");
                    assert_ne!(DAMM[x][state], DAMM[y][state], "column {state}");
                    let xy = DAMM[usize::from(DAMM[state][x])][y];
                    let yx = DAMM[usize::from(DAMM[state][y])][x];
                    assert_ne!(xy, yx, "swap of {x} and {y} from {state}");
                }
            }
        }
    }
}
