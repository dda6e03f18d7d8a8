/**
 * What one draw may use up: as many numbers as its law needs (a rejection takes more), all of them determined by the
 * draw's own place, so that the next draw never notices.
 */
export interface Draw {
  /** 32 random bits as an unsigned integer. */
  bits(): number;
  /** Strictly between 0 and 1, on a grid of 2⁻⁵². */
  uniform(): number;
  /** A standard normal. */
  normal(): number;
}
