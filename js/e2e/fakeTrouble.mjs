// What a journey makes the stand-in server answer in place of its own answer, as a server in trouble would.

/**
 * @typedef {object} Trouble
 * @property {number} [status]
 * @property {unknown} [body] sent as JSON
 * @property {string} [raw] sent as it is, for what is no JSON
 * @property {Record<string, string>} [headers]
 * @property {number} [delay] ms before it
 * @property {number} [times] how often, before the stand-in answers by itself again
 * @property {boolean} [gone] the connection breaks without an answer
 */

export class Troubles {
  constructor() {
    /** @type {{ pattern: RegExp, trouble: Trouble, left: number }[]} */
    this.all = [];
  }

  /** @param {RegExp} pattern of `METHOD path` @param {Trouble} trouble the newest wins */
  add(pattern, trouble) {
    this.all.unshift({ pattern, trouble, left: trouble.times ?? Infinity });
  }

  calm() {
    this.all = [];
  }

  /**
   * Answers in the stand-in's place where a journey asked for it.
   * @param {import('node:http').IncomingMessage} req
   * @param {import('node:http').ServerResponse} res
   * @param {string} route
   */
  answers(req, res, route) {
    const found = this.all.find(({ pattern, left }) => left > 0 && pattern.test(`${req.method} ${route}`));
    if (!found) return false;
    found.left -= 1;
    const { status = 200, body, raw, headers, delay = 0, gone } = found.trouble;
    req.resume();
    setTimeout(() => {
      if (gone) return void req.socket.destroy();
      res.writeHead(status, { 'content-type': raw === undefined ? 'application/json' : 'text/html', ...headers });
      res.end(raw ?? JSON.stringify(body));
    }, delay);
    return true;
  }
}

/** A refusal as the server words them. @param {number} status @param {string} error @param {string} message @param {object} [details] */
export const refusal = (status, error, message, details = {}) => ({ status, body: { error, message, details } });
