/**
 * How a decision reads the requests of an engine. What both engines' requests have in the same place, as
 * `method` and `uri`, it reads from the request itself.
 */
export interface RequestReader<Request> {
  /**
   * Returns the value of a header: its lines joined as RFC 9110, 5.3 says, those of `cookie` by `; `.
   * Undefined where the request has none.
   *
   * @param name In lower case.
   */
  header(request: Request, name: string): string | undefined;
  /** Returns the query string without its `?`; empty where there is none. */
  query(request: Request): string;
}
