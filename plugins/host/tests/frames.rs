//! The decoder of worker messages against anything that a worker could write.

use proptest::prelude::*;
use resetkit_host::{FrameBuffer, FrameError, MethodEvent, MethodOutput, encode_frame};

const LIMIT: usize = 1024;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// R83: any octets, in any pieces, give messages, patience or an error, and never more memory than was pushed.
    #[test]
    fn r83_any_octets_in_any_pieces_never_panic(octets in prop::collection::vec(any::<u8>(), 0..600), cut in 1_usize..64) {
        let mut buffer = FrameBuffer::new(LIMIT);
        for piece in octets.chunks(cut) {
            buffer.push(piece);
            loop {
                match buffer.next_message::<Vec<MethodOutput>>() {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(_) => return Ok(()),
                }
            }
        }
    }

    /// A small length in front of random octets reaches the message decoder itself.
    #[test]
    fn r83_a_well_formed_frame_of_nonsense_is_an_error_or_a_message(body in prop::collection::vec(any::<u8>(), 1..200)) {
        let mut buffer = FrameBuffer::new(LIMIT);
        buffer.push(&u32::try_from(body.len()).unwrap().to_le_bytes());
        buffer.push(&body);
        match buffer.next_message::<Vec<MethodOutput>>() {
            Ok(message) => prop_assert!(message.is_some() && buffer.is_empty()),
            Err(error) => prop_assert!(matches!(error, FrameError::Malformed(_))),
        }
    }

    /// What was written is what is read, however it was cut.
    #[test]
    fn what_is_written_is_read_back(ms in any::<u32>(), at_ms in any::<u64>(), cut in 1_usize..9) {
        let said = vec![MethodOutput::Ready, MethodOutput::WakeAfter { ms }];
        let mut octets = encode_frame(&said, LIMIT).unwrap();
        octets.extend(encode_frame(&vec![MethodOutput::Done], LIMIT).unwrap());
        let mut buffer = FrameBuffer::new(LIMIT);
        let mut read = Vec::new();
        for piece in octets.chunks(cut) {
            buffer.push(piece);
            while let Some(message) = buffer.next_message::<Vec<MethodOutput>>().unwrap() {
                read.push(message);
            }
        }
        prop_assert_eq!(read, vec![said, vec![MethodOutput::Done]]);
        let event = encode_frame(&MethodEvent::Tick { at_ms }, LIMIT).unwrap();
        prop_assert!(event.len() < 20);
    }
}

#[test]
fn r47_a_length_above_the_limit_is_refused_before_anything_is_kept() {
    let mut buffer = FrameBuffer::new(LIMIT);
    buffer.push(&u32::MAX.to_le_bytes());
    assert!(matches!(buffer.next_message::<Vec<MethodOutput>>(), Err(FrameError::TooLong { limit: LIMIT, .. })));
    let long = vec![MethodOutput::Ready; LIMIT + 1];
    assert!(matches!(encode_frame(&long, LIMIT), Err(FrameError::TooLong { .. })));
}
