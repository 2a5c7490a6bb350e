using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class NormalQuantileTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.02, -2.053748910631823)]
    [InlineData(0.99, 2.3263478740408408)]
    [InlineData(1, 2.3263478740408408)]
    [InlineData(0, -2.3263478740408408)]
    public void At_Share_IsAsInTables(double share, double place) => Assert.Equal(place, NormalQuantile.At(share), 12);
}
