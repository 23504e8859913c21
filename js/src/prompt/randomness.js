/**
 * The random numbers of dynamic prompts: sfc32, the same as `cozygen/aliases/randomness.py`, which describes it.
 */

import { at } from './at.js';

const WORD = 2 ** 32;
const DISCARDED = 12;

/** @typedef {number | string | bigint} Seed */

/** One place's own sequence, so that a change in one place never changes what another draws. */
export class Draws {
  #a;
  #b;
  #c;
  #counter = 1;

  /**
   * @param {Seed} seed taken modulo 2^64
   * @param {string} stream names the field
   * @param {number} place
   */
  constructor(seed, stream = '', place = 0) {
    const whole = BigInt.asUintN(64, BigInt(seed));
    this.#a = (fnv1a(stream) ^ place) >>> 0;
    this.#b = Number(whole & 0xffffffffn);
    this.#c = Number(whole >> 32n);
    for (let step = 0; step < DISCARDED; step += 1) this.word();
  }

  /** The next number of 32 bits. */
  word() {
    const number = (this.#a + this.#b + this.#counter) % WORD;
    this.#counter = (this.#counter + 1) % WORD;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    const rotated = ((this.#c << 21) | (this.#c >>> 11)) >>> 0;
    this.#c = (rotated + number) % WORD;
    return number;
  }

  /** The next number in [0, 1). */
  fraction() {
    return this.word() / WORD;
  }

  /**
   * A whole number from `low` to `high`, both included.
   * @param {number} low
   * @param {number} high
   */
  between(low, high) {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  /**
   * An index, drawn by weight; all alike where no weight is above zero.
   * @param {number[]} weights
   */
  weighted(weights) {
    let total = 0;
    for (const weight of weights) total += weight;
    if (!(total > 0)) return this.between(0, weights.length - 1);
    let aim = this.fraction() * total;
    for (let index = 0; index < weights.length; index += 1) {
      aim -= at(weights, index);
      if (aim < 0) return index;
    }
    return weights.length - 1;
  }
}

/** @param {string} text */
function fnv1a(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
