/** The nonce that the page's content security policy allows style elements with; the server writes it into the page. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

declare global {
  /** Read by get-nonce, with which the dialogs' scroll lock marks its style element. */
  var __webpack_nonce__: string | undefined;
}

globalThis.__webpack_nonce__ = styleNonce;
