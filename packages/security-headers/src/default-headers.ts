interface DefaultHeader {
  /** As it is written on the wire. */
  readonly key: string;
  readonly value: string;
}

/** The headers that have an option of their own, in the order in which they are set. */
export const defaultHeaders = {
  strictTransportSecurity: {
    key: "Strict-Transport-Security",
    value: "max-age=63072000; includeSubDomains; preload",
  },
  contentSecurityPolicy: {
    key: "Content-Security-Policy",
    value:
      "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
  },
  xContentTypeOptions: { key: "X-Content-Type-Options", value: "nosniff" },
  xFrameOptions: { key: "X-Frame-Options", value: "DENY" },
  xXssProtection: { key: "X-XSS-Protection", value: "1; mode=block" },
  referrerPolicy: { key: "Referrer-Policy", value: "same-origin" },
  server: { key: "Server", value: "Erlang on Eels" },
} as const satisfies Readonly<Record<string, DefaultHeader>>;

/** The option of a header that has one. */
export type HeaderOption = keyof typeof defaultHeaders;
