namespace Bongsu.Core.Calendars;

/// <summary>When the moon is new and where the sun stands, as Julian days of Universal Time.</summary>
/// <remarks>
/// Source: Jean Meeus, "Astronomical Algorithms", 2nd edition, chapters 25 (sun, low accuracy: 0.01°, a quarter of an
/// hour), 49 (new moon: some seconds) and 10 (ΔT, after Espenak and Meeus). Good for the years 1900 to 2150.
/// </remarks>
internal static class SunAndMoon
{
    /// <summary>Mean time from new moon to new moon, in days.</summary>
    public const double SynodicMonthDays = 29.530588861;

    private const double J2000 = 2451545.0;
    private const double DaysPerCentury = 36525;
    private const double MeanSolarDegreesPerDay = 360 / 365.2422;

    // Periodic terms of the true new moon: factor, power of the eccentricity E, then multiples of M (sun's anomaly),
    // M' (moon's anomaly), F (argument of latitude) and Ω (ascending node).
    private static readonly (double Factor, int Eccentricity, int Sun, int Moon, int Latitude, int Node)[] s_newMoonTerms =
    [
        (-0.40720, 0, 0, 1, 0, 0), (0.17241, 1, 1, 0, 0, 0), (0.01608, 0, 0, 2, 0, 0), (0.01039, 0, 0, 0, 2, 0),
        (0.00739, 1, -1, 1, 0, 0), (-0.00514, 1, 1, 1, 0, 0), (0.00208, 2, 2, 0, 0, 0), (-0.00111, 0, 0, 1, -2, 0),
        (-0.00057, 0, 0, 1, 2, 0), (0.00056, 1, 1, 2, 0, 0), (-0.00042, 0, 0, 3, 0, 0), (0.00042, 1, 1, 0, 2, 0),
        (0.00038, 1, 1, 0, -2, 0), (-0.00024, 1, -1, 2, 0, 0), (-0.00017, 0, 0, 0, 0, 1), (-0.00007, 0, 2, 1, 0, 0),
        (0.00004, 0, 0, 2, -2, 0), (0.00004, 0, 3, 0, 0, 0), (0.00003, 0, 1, 1, -2, 0), (0.00003, 0, 0, 2, 2, 0),
        (-0.00003, 0, 1, 1, 2, 0), (0.00003, 0, -1, 1, 2, 0), (-0.00002, 0, -1, 1, -2, 0), (-0.00002, 0, 1, 3, 0, 0),
        (0.00002, 0, 0, 4, 0, 0),
    ];

    // Planetary terms of the new moon: degrees at lunation 0, degrees per lunation, factor.
    private static readonly (double Start, double PerLunation, double Factor)[] s_planetaryTerms =
    [
        (299.77, 0.107408, 0.000325), (251.88, 0.016321, 0.000165), (251.83, 26.651886, 0.000164), (349.42, 36.412478, 0.000126),
        (84.66, 18.206239, 0.000110), (141.74, 53.303771, 0.000062), (207.14, 2.453732, 0.000060), (154.84, 7.306860, 0.000056),
        (34.52, 27.261239, 0.000047), (207.19, 0.121824, 0.000042), (291.34, 1.844379, 0.000040), (161.72, 24.198154, 0.000037),
        (239.56, 25.513099, 0.000035), (331.55, 3.592518, 0.000023),
    ];

    /// <summary>The lunation whose new moon is nearest to a Julian day; 0 is that of 6 January 2000.</summary>
    public static int LunationNear(double julianDay) =>
        (int)Math.Round((julianDay - 2451550.09766) / SynodicMonthDays);

    /// <summary>The Julian day (Universal Time) of a lunation's new moon.</summary>
    public static double NewMoon(int lunation)
    {
        double k = lunation;
        double t = k / 1236.85;
        double t2 = t * t;
        double t3 = t2 * t;
        double t4 = t3 * t;
        double mean = 2451550.09766 + (SynodicMonthDays * k) + (0.00015437 * t2) - (0.000000150 * t3) + (0.00000000073 * t4);
        double eccentricity = 1 - (0.002516 * t) - (0.0000074 * t2);
        double sun = 2.5534 + (29.10535670 * k) - (0.0000014 * t2) - (0.00000011 * t3);
        double moon = 201.5643 + (385.81693528 * k) + (0.0107582 * t2) + (0.00001238 * t3) - (0.000000058 * t4);
        double latitude = 160.7108 + (390.67050284 * k) - (0.0016118 * t2) - (0.00000227 * t3) + (0.000000011 * t4);
        double node = 124.7746 - (1.56375588 * k) + (0.0020672 * t2) + (0.00000215 * t3);
        double correction = 0;
        foreach ((double factor, int power, int ofSun, int ofMoon, int ofLatitude, int ofNode) in s_newMoonTerms)
        {
            double angle = (ofSun * sun) + (ofMoon * moon) + (ofLatitude * latitude) + (ofNode * node);
            correction += factor * Math.Pow(eccentricity, power) * Sine(angle);
        }

        foreach ((double start, double perLunation, double factor) in s_planetaryTerms)
        {
            // The first of them has a term of the second order too.
            double bend = start == 299.77 ? -0.009173 * t2 : 0;
            correction += factor * Sine(start + (perLunation * k) + bend);
        }

        return ToUniversal(mean + correction);
    }

    /// <summary>The Julian day (Universal Time) nearest to a given one at which the sun's apparent longitude is
    /// <paramref name="degrees"/>.</summary>
    public static double SunAt(double degrees, double nearJulianDay)
    {
        double terrestrial = nearJulianDay;
        for (int round = 0; round < 6; round++)
        {
            double missing = Math.IEEERemainder(degrees - SunLongitude(terrestrial), 360);
            terrestrial += missing / MeanSolarDegreesPerDay;
        }

        return ToUniversal(terrestrial);
    }

    /// <summary>The sun's apparent longitude in degrees at a Julian day of Terrestrial Time; 0 up to 360.</summary>
    public static double SunLongitude(double terrestrialJulianDay)
    {
        double t = (terrestrialJulianDay - J2000) / DaysPerCentury;
        double mean = 280.46646 + (36000.76983 * t) + (0.0003032 * t * t);
        double anomaly = 357.52911 + (35999.05029 * t) - (0.0001537 * t * t);
        double centre = ((1.914602 - (0.004817 * t) - (0.000014 * t * t)) * Sine(anomaly)) +
            ((0.019993 - (0.000101 * t)) * Sine(2 * anomaly)) + (0.000289 * Sine(3 * anomaly));
        double node = 125.04 - (1934.136 * t);
        double apparent = mean + centre - 0.00569 - (0.00478 * Sine(node));
        return apparent - (360 * Math.Floor(apparent / 360));
    }

    private static double Sine(double degrees) => Math.Sin(degrees * (Math.PI / 180));

    private static double ToUniversal(double terrestrialJulianDay) =>
        terrestrialJulianDay - (DeltaSeconds(2000 + ((terrestrialJulianDay - J2000) / 365.25)) / 86400);

    // ΔT, Terrestrial minus Universal Time; a few seconds of error do not matter here.
    private static double DeltaSeconds(double year)
    {
        double t = year - 2000;
        return year switch
        {
            < 1920 => -2.79 + (1.494119 * (year - 1900)) - (0.0598939 * Math.Pow(year - 1900, 2)) + (0.0061966 * Math.Pow(year - 1900, 3)),
            < 1961 => 21.20 + (0.4 * (year - 1920)) - (0.0085 * Math.Pow(year - 1940, 2) * 0.1),
            < 1986 => 45.45 + (1.067 * (year - 1975)) - (Math.Pow(year - 1975, 2) / 260),
            < 2005 => 63.86 + (0.3345 * t) - (0.060374 * t * t) + (0.0017275 * t * t * t) + (0.000651814 * Math.Pow(t, 4)),
            _ => 62.92 + (0.32217 * t) + (0.005589 * t * t),
        };
    }
}
