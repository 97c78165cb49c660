// What a QR code, a photo or a person's typing holds: a challenge for this relay, or something that is sent nowhere (R38).

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Length of an unlock by support, in symbols of Crockford's Base32. */
const UNLOCK = 202;
/** Lengths of the three mailed forms, and of an unlock. */
const LENGTHS = [112, 197, 522, UNLOCK];
const OWN = /^[0-9A-HJKMNP-TV-Z]+$/;

/**
 * Reads `text`. Gives `{ payload }`, or `{ slip }` with the name of what is wrong.
 * `prefixes` are the addresses that this app serves: the brand's own and this page's.
 */
export function readPayload(text, prefixes) {
  const tidy = text.replace(/\s+/g, "");
  const upper = tidy.toUpperCase();
  const own = prefixes.map((prefix) => prefix.toUpperCase()).find((prefix) => upper.startsWith(prefix));
  if (own) {
    return checked(upper.slice(own.length));
  }
  if (/^https?:\/\//i.test(tidy)) {
    // Somebody else's challenge has the shape of ours behind another host. Any other address is just another QR code.
    const path = upper.replace(/^HTTPS?:\/\/[^/]*\//, "");
    return { slip: LENGTHS.includes(path.length) && OWN.test(path) ? "other-service" : "not-a-code" };
  }
  return OWN.test(upper) && upper.length >= 60 ? checked(upper) : { slip: "not-a-code" };
}

function checked(payload) {
  if (payload.length < 60 && !OWN.test(payload)) {
    return { slip: "not-a-code" };
  }
  return LENGTHS.includes(payload.length) && OWN.test(payload) ? { payload } : { slip: "incomplete" };
}

/** The request number as the device shows it: the four octets after version, suite and handle. */
export function requestNumber(payload) {
  let bits = 0n;
  for (const symbol of payload.slice(0, 23)) {
    bits = (bits << 5n) | BigInt(SYMBOLS.indexOf(symbol));
  }
  // 23 symbols are 115 bits; the header's 14 octets are the first 112 of them.
  return ((bits >> 3n) & 0xffffffffn).toString().padStart(4, "0");
}

/** Whether it is for support, and not for a mailbox (R89). */
export const isUnlock = (payload) => payload.length === UNLOCK;
