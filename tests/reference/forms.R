# Functional forms of the leading factor, curvature, and its slope by track, by R's stats,
# sandwich's clubSandwich, car and splines.
# Run in this folder: Rscript forms.R. Reads forms.data.csv (the main regression's columns);
# writes forms.csv (what, name, statistic, value) and forms.curve.csv (one row a region).
suppressMessages({library(clubSandwich); library(car); library(splines)})
options(digits = 17)

regions <- read.csv("forms.data.csv", colClasses = c(region_code = "character"))
x <- regions$own_source_share
quartiles <- quantile(x, c(0.25, 0.75), names = FALSE)
others <- paste("capital_share + personnel_share + log_population + kota + kppn_ikn +",
                "human_development_index + poverty_rate")
forms <- list(
  level = function(v) v, log = log, root = sqrt, logit = qlogis,
  rank = NULL, quadratic = NULL)
found <- NULL
keep <- function(what, name, fit, rows = regions, combination = NULL) {
  v <- vcovCR(fit, cluster = rows$province, type = "CR2")
  w <- if (is.null(combination)) as.numeric(names(coef(fit)) == "z") else combination
  test <- linear_contrast(fit, vcov = v, contrasts = matrix(w, 1), test = "Satterthwaite", p_values = TRUE)
  classical <- sqrt(drop(w %*% vcov(fit) %*% w))
  t <- sum(w * coef(fit)) / classical
  found <<- rbind(found, data.frame(what, name,
    statistic = c("estimate", "standard_error", "df", "p", "classical_error", "classical_p", "aic"),
    value = c(sum(w * coef(fit)), test$SE, test$df, test$p_val, classical,
              2 * pt(-abs(t), fit$df.residual), AIC(fit))))
}

for (name in names(forms)) {
  data <- regions
  if (name == "quadratic") {
    fit <- lm(as.formula(paste("harmonised_index ~ own_source_share + I(own_source_share^2) +", others)), data)
    w <- c(0, diff(quartiles), diff(quartiles^2), rep(0, 7))
    keep("contrast", name, fit, data, w)
  } else {
    if (name == "rank") data$z <- (rank(x) - 0.5) / length(x) / 0.5
    else data$z <- forms[[name]](x) / diff(forms[[name]](quartiles))
    keep("contrast", name, lm(as.formula(paste("harmonised_index ~ z +", others)), data), data)
  }
}

# Per unit of the logarithm, with all rows and without the row of greatest leverage.
regions$z <- log(x)
keep("log", "all", lm(as.formula(paste("harmonised_index ~ z +", others)), regions))
rest <- regions[which.max(-x) != seq_along(x) & x < max(x), ]
keep("log", "without", lm(as.formula(paste("harmonised_index ~ z +", others)), rest), rest)

# Curvature: the square of each continuous factor beside all of the main regression.
main <- paste("harmonised_index ~ own_source_share +", others)
for (name in c("own_source_share", "capital_share", "personnel_share", "log_population",
               "human_development_index", "poverty_rate")) {
  data <- regions
  data$z <- (data[[name]] - mean(data[[name]]))^2
  keep("square", name, lm(as.formula(paste(main, "+ z")), data), data)
}
rest$z <- (rest$own_source_share - mean(rest$own_source_share))^2
keep("square", "without", lm(as.formula(paste(main, "+ z")), rest), rest)

# The slope on the other track, less that on the common one: by level and by logarithm.
data <- regions; data$z <- data$own_source_share * data$kppn_ikn
keep("track", "level", lm(as.formula(paste(main, "+ z")), data), data)
data$z <- log(data$own_source_share) * data$kppn_ikn; data$l <- log(data$own_source_share)
keep("track", "log", lm(as.formula(paste("harmonised_index ~ l +", others, "+ z")), data), data)

# Component and residual, its smoother, and a natural cubic spline in place of the line.
straight <- lm(as.formula(main), regions)
component <- residuals(straight, type = "partial")[, "own_source_share"]
smooth <- lowess(x, component, f = 2 / 3, iter = 3, delta = 0)
spline <- lm(as.formula(paste(
  "harmonised_index ~ ns(own_source_share, knots = quantile(own_source_share, c(1, 2) / 3)) +", others)), regions)
curve <- data.frame(region_code = regions$region_code, component,
  smooth = smooth$y[rank(x, ties.method = "first")], spline = fitted(spline))
f <- anova(straight, spline)
found <- rbind(found, data.frame(what = "spline", name = "against_line",
  statistic = c("f", "df", "residual_df", "p", "aic"),
  value = c(f$F[2], f$Df[2], f$Res.Df[2], f$`Pr(>F)`[2], AIC(spline))))

exact <- function(table) {
  numbers <- sapply(table, is.numeric)
  table[numbers] <- lapply(table[numbers], formatC, digits = 17, format = "g", width = 1)
  table
}
write.csv(exact(found), "forms.csv", row.names = FALSE, quote = FALSE)
write.csv(exact(curve), "forms.curve.csv", row.names = FALSE, quote = FALSE)
