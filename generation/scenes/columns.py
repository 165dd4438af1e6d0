"""Column numbers of the flat arrays that a stage hands to the kernels.

F, one row of floats: camera, ground, light. Pixel quantities are those of the canvas being drawn. M, a row per material. S, a row per
soft-box of the studio around the scene. K, a row per bokeh disc on the wall: x, y, radius in pixels, colour (3), rim.
"""

# F: camera
EYE_Y, EYE_Z, COS, SIN, FOCAL, CX, CY, WIDTH, HEIGHT = 0, 1, 2, 3, 4, 5, 6, 7, 8
# F: ground and wall
WALL, FILLET, FLOOR_MIRROR, FLOOR_ROUGH = 10, 11, 12, 13
GROUND, DEEP, GLOW = 14, 17, 20  # linear RGB
GLOW_X, GLOW_Y, GLOW_R, GLOW_GAIN = 23, 24, 25, 26
FADE_X, FADE_Y, FADE_W, FADE_H, FADE_POWER = 27, 28, 29, 30, 31
PATTERN, PATTERN_GAIN, PATTERN_A, PATTERN_B, PATTERN_C = 32, 33, 34, 35, 36
POOL_GAIN, POOL_X, POOL_Y, POOL_W, POOL_H = 37, 38, 39, 40, 41
# F: light
SUN, KEY, SOFT, KEY_COLOR = 42, 45, 46, 47  # SUN points to the light; SOFT is the tangent of its half width
AMBIENT, SKY, MIDDLE, BELOW = 50, 51, 54, 57
RIM, RIM_COLOR, SHADE = 60, 61, 64  # SHADE: colour that a full shadow leaves of the ground
APERTURE, FOCUS = 67, 68
HERO, HERO_GAIN = 69, 70  # id of the subject, factor on the light it sends
FRAME_SIZE = 72

NONE, RAYS, WINDOW, BOKEH, FOLDS, RIPPLES, RINGS = 0, 1, 2, 3, 4, 5, 6

# M
RED, ROUGH, METAL, EMIT, GLASS, GRAIN, COAT = 0, 3, 4, 5, 6, 7, 8
MATERIAL_COLUMNS = 9

# S: facing, right, up (3 each), half width, half height, softness (tangents), colour (3)
BOX_FACE, BOX_RIGHT, BOX_UP, BOX_W, BOX_H, BOX_SOFT, BOX_COLOR = 0, 3, 6, 9, 10, 11, 12
BOX_COLUMNS = 15
