export * from './frames.ts';
export * from './handshake.ts';
export * from './sealed-channel.ts';
export * from './token.ts';
