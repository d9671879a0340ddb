/**
 * Error codes of HTTP/2, as numbers: reading them from Node would load its HTTP/2 for each start.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113#section-7
 */
export const http2ErrorCodes = { noError: 0x00, internalError: 0x02 } as const;
