import { createContext, type ReactNode } from 'react';

/** The way to a setting that a fix asks to change, by the setting's name on screen; nothing where there is none. */
export const SettingLinks = createContext<(setting: string) => ReactNode>(() => null);
