import type { MantineColorsTuple } from '@mantine/core';

/** The accent: a blue violet that keeps white text readable at shade 6 (5.4:1). */
export const iris: MantineColorsTuple = [
  '#f3f3fe',
  '#e7e7fc',
  '#d3d3f8',
  '#b8b7f3',
  '#a09eef',
  '#7d7be3',
  '#5b5bd6',
  '#4d4cc3',
  '#403fa6',
  '#302f7d',
];

/** Light scheme neutrals; shade 6 is the quiet text colour (5.2:1 on white). */
export const gray: MantineColorsTuple = [
  '#f8f8fa',
  '#f1f1f5',
  '#e7e7ed',
  '#dadae2',
  '#c4c4cf',
  '#8b8c99',
  '#636471',
  '#4b4c58',
  '#33343d',
  '#1c1d24',
];

/** Dark scheme neutrals: 7 is the page, 6 a surface, 4 a border, 2 quiet text (6.6:1 on a surface). */
export const dark: MantineColorsTuple = [
  '#e6e6ec',
  '#c4c5ce',
  '#a2a3af',
  '#858693',
  '#30313b',
  '#25262e',
  '#1a1b21',
  '#121317',
  '#0d0e11',
  '#090a0c',
];

export const red: MantineColorsTuple = [
  '#fff3f3',
  '#ffe5e5',
  '#fdcaca',
  '#fba9ab',
  '#f48083',
  '#e4555a',
  '#c92a30',
  '#ae2228',
  '#8c1b20',
  '#651418',
];

export const green: MantineColorsTuple = [
  '#effaf4',
  '#dbf4e5',
  '#b7e7cb',
  '#86d5a7',
  '#52bf82',
  '#2aa163',
  '#197a49',
  '#14663c',
  '#105131',
  '#0b3a23',
];

export const yellow: MantineColorsTuple = [
  '#fffaea',
  '#fdf0c6',
  '#fbe08b',
  '#f8cc56',
  '#edb42d',
  '#c98a0c',
  '#8f5f00',
  '#774f00',
  '#5f3f00',
  '#452e00',
];
