import { ApiError } from '../errors.js';
import { equals, from, within, type ValueTest } from './query-values.js';

/** What fleet indexing has of one thing, by field; a field may have several values, or none. */
export type Indexed = (field: string | undefined) => readonly string[];
export type Query = (indexed: Indexed) => boolean;

/** Documented: AWS IoT developer guide, "Query syntax": at most 12 terms, and what no query may have in it. */
const MOST_TERMS = 12;
const UNSUPPORTED = /[`@#%/';,]/;
/** Documented: AWS IoT developer guide, "Query syntax": one term with a leading wildcard, in a query of at most so long. */
const LONGEST_WITH_WILDCARD = 100;
/** Assumed: a term has at most so many wildcards. */
const MOST_WILDCARDS = 2;
/** Assumed: a query is at most so long. */
const LONGEST = 1000;

const invalid = (why: string) => new ApiError('InvalidQueryException', why);

/** Reads one query from left to right. */
class Reader {
  readonly #text: string;
  readonly #isField: (field: string) => boolean;
  #at = 0;
  #terms = 0;
  #leadingWildcards = 0;

  constructor(text: string, isField: (field: string) => boolean) {
    this.#text = text;
    this.#isField = isField;
  }

  all(): Query {
    const query = this.#or(undefined);
    this.#take(/\s*/y);
    if (this.#at < this.#text.length) throw this.#unread();
    if (this.#leadingWildcards > 1)
      throw invalid('A query has at most one term with a leading wildcard');
    if (this.#leadingWildcards > 0 && this.#text.length > LONGEST_WITH_WILDCARD)
      throw invalid('A query with a leading wildcard has at most 100 characters');
    return query;
  }

  #or(field: string | undefined): Query {
    const parts = [this.#and(field)];
    while (this.#take(/\s*OR(?![^\s(])/y)) parts.push(this.#and(field));
    return (thing) => parts.some((part) => part(thing));
  }

  /** Documented: AWS IoT developer guide, "Query syntax": AND is what stands between two terms with nothing between. */
  #and(field: string | undefined): Query {
    const parts = [this.#not(field)];
    while (this.#take(/\s*AND(?![^\s(])/y) || this.#hasMore()) parts.push(this.#not(field));
    return (thing) => parts.every((part) => part(thing));
  }

  #hasMore(): boolean {
    return /^\s*(?!OR(?![^\s(]))[^\s)]/.test(this.#text.slice(this.#at));
  }

  #not(field: string | undefined): Query {
    if (!this.#take(/\s*(?:NOT(?![^\s(])|-)/y)) return this.#primary(field);
    const query = this.#not(field);
    return (thing) => !query(thing);
  }

  #primary(field: string | undefined): Query {
    if (this.#take(/\s*\(/y)) return this.#group(field);
    if (field === undefined) {
      const [, name, operator = ''] = this.#take(/\s*([A-Za-z][\w.-]*)(:|>=|<=|>|<)/y) ?? [];
      if (name !== undefined) return this.#field(name, operator);
    }
    return this.#term(field, this.#value());
  }

  #group(field: string | undefined): Query {
    const query = this.#or(field);
    if (!this.#take(/\s*\)/y)) throw invalid('A bracket is not closed');
    return query;
  }

  #field(name: string, operator: string): Query {
    if (!this.#isField(name)) throw invalid(`The emulator does not index the field ${name}`);
    if (operator !== ':') return this.#term(name, from(operator, this.#word()));
    if (this.#take(/\(/y)) return this.#group(name);
    const opens = this.#take(/[[{]/y)?.[0];
    return this.#term(name, opens === undefined ? this.#value() : this.#range(opens));
  }

  #range(opens: string): ValueTest {
    const [, low = '', high = '', closes = ''] =
      this.#take(/\s*([^\s[\]{}]+)\s+TO\s+([^\s[\]{}]+)\s*([\]}])/y) ?? [];
    if (closes === '') throw invalid('A range is not closed');
    return within(low, high, opens === '[', closes === ']');
  }

  #value(): ValueTest {
    const phrase = this.#take(/\s*"((?:\\.|[^"\\])*)"/y)?.[1];
    if (phrase !== undefined) return equals(phrase, false);
    const word = this.#word();
    if (/^[*?]./.test(word)) this.#leadingWildcards += 1;
    const wildcards = word.replace(/\\./g, '').match(/[*?]/g) ?? [];
    if (wildcards.length > MOST_WILDCARDS)
      throw invalid(`A term has at most ${MOST_WILDCARDS} wildcards`);
    return equals(word, true);
  }

  #word(): string {
    const word = this.#take(/\s*((?:\\.|[^\s()[\]{}"\\])+)/y)?.[1];
    if (word === undefined) throw this.#unread();
    const bare = word.replace(/\\./g, '');
    if (UNSUPPORTED.test(bare)) throw invalid(`${word} has a character that a query can't have`);
    return word;
  }

  #term(field: string | undefined, test: ValueTest): Query {
    this.#terms += 1;
    if (this.#terms > MOST_TERMS) throw invalid(`A query has at most ${MOST_TERMS} terms`);
    return (indexed) => indexed(field).some(test);
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (!found) return undefined;
    this.#at = expression.lastIndex;
    return found;
  }

  #unread() {
    return invalid(`The query can't be read from here on: ${this.#text.slice(this.#at)}`);
  }
}

/**
 * Reads a query of fleet indexing; throws InvalidQueryException for what it can't read and for a field that isn't
 * indexed, so that nothing is answered wrongly.
 */
export function parseQuery(text: string, isField: (field: string) => boolean): Query {
  if (text.length > LONGEST) throw invalid(`A query has at most ${LONGEST} characters`);
  return new Reader(text, isField).all();
}
